import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { ExecutionEnvironment } from './execution-environment.ts';
import type { Invocation, InvokeResult, LogSink } from './execution-environment.ts';
import { ProcessGuard } from './guard.ts';
import { RunFolder } from './run-folder.ts';
import type { RunnableFunction } from './runnable.ts';

/**
 * Environments that may run at once, over all functions: enough that no handler of a usual Map
 * waits long, few enough that a Distributed Map of thousands does not exhaust the machine. What is
 * above waits in real time, which no state machine under the virtual clock can see.
 */
const MAX_RUNNING = Math.max(8, 2 * availableParallelism());

/**
 * Environments that load at once ahead of their first invocation: one core is left to the thread that
 * reads and runs the definitions, which would else wait for all of them.
 */
const MAX_WARMING = Math.max(1, availableParallelism() - 1);

export interface FunctionPoolOptions {
  readonly region: string;
  /** Variables that lead its handlers to services that really answer; read when one starts. */
  readonly endpoints?: Readonly<Record<string, string>>;
  readonly log: (fn: RunnableFunction, line: Parameters<LogSink>[0]) => void;
  readonly inspect?: Inspection | undefined;
}

/** Functions that wait for a debugger before their code loads. */
export interface Inspection {
  /** On 127.0.0.1; one environment has it at a time. */
  readonly port: number;
  readonly includes: (fn: RunnableFunction) => boolean;
  readonly onWaiting: (fn: RunnableFunction) => void;
}

/** The execution environments of a system's functions: warm ones are reused, others are started. */
export class FunctionPool implements AsyncDisposable {
  readonly #options: FunctionPoolOptions;
  readonly #idle = new Map<string, ExecutionEnvironment[]>();
  readonly #all = new Set<ExecutionEnvironment>();
  readonly #waiting: (() => void)[] = [];
  readonly #guard = new ProcessGuard();
  #folder: RunFolder | undefined;
  readonly #toWarm = new Map<string, RunnableFunction>();
  #warming = 0;
  #running = 0;
  #started = 0;
  #disposed = false;
  /** The environment that has the debugger's port, and the end of what it runs. */
  #inspected: ExecutionEnvironment | undefined;
  #debugging: Promise<unknown> = Promise.resolve();

  constructor(options: FunctionPoolOptions) {
    this.#options = options;
  }

  /**
   * Runs one invocation. An abort ends its environment, as nobody waits for its answer any more,
   * and rejects with the signal's reason; so does the pool's end.
   */
  async invoke(
    fn: RunnableFunction,
    invocation: Invocation,
    signal: AbortSignal,
  ): Promise<InvokeResult> {
    if (!this.#isInspected(fn)) return this.#invoke(fn, invocation, signal);
    const turn = this.#debugging.then(() => this.#invoke(fn, invocation, signal));
    this.#debugging = turn.catch(() => {});
    return turn;
  }

  async #invoke(
    fn: RunnableFunction,
    invocation: Invocation,
    signal: AbortSignal,
  ): Promise<InvokeResult> {
    await this.#slot(signal);
    try {
      signal.throwIfAborted();
      if (this.#disposed) throw new Error('the local system has ended');
      if (this.#isInspected(fn)) await this.#freePort(fn);
      const environment = this.#take(fn);
      const abort = (): void => void environment.terminate();
      signal.addEventListener('abort', abort, { once: true });
      try {
        const result = await Promise.race([environment.invoke(invocation), aborted(signal)]);
        if (environment.alive && !this.#disposed) this.#idleOf(fn).push(environment);
        else await this.#end(environment);
        return result;
      } finally {
        signal.removeEventListener('abort', abort);
        if (!environment.alive) await this.#end(environment);
      }
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }

  /**
   * Starts an environment ahead of its first invocation, after those that it was asked for before,
   * so that its code loads while other work is done. What it writes then belongs to no request, as
   * with Lambda's own early initialisation.
   */
  warm(fn: RunnableFunction): void {
    if (this.#isInspected(fn)) return;
    if (this.#idleOf(fn).length > 0) return;
    if (this.#all.size + this.#toWarm.size < MAX_RUNNING) this.#toWarm.set(fn.arn, fn);
    this.#warmNext();
  }

  #warmNext(): void {
    for (const [arn, fn] of this.#toWarm) {
      if (this.#warming >= MAX_WARMING) return;
      this.#toWarm.delete(arn);
      const environment = this.#start(fn);
      this.#idleOf(fn).push(environment);
      this.#warming++;
      void environment.loaded().then(() => {
        this.#warming--;
        this.#warmNext();
      });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#toWarm.clear();
    for (const wake of this.#waiting.splice(0)) wake();
    await Promise.all([...this.#all].map((environment) => this.#end(environment)));
    this.#idle.clear();
    await this.#folder?.[Symbol.asyncDispose]();
    this.#guard[Symbol.dispose]();
  }

  async #slot(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#running >= MAX_RUNNING) await new Promise<void>((wake) => this.#waiting.push(wake));
    this.#running++;
  }

  #take(fn: RunnableFunction): ExecutionEnvironment {
    const idle = this.#idleOf(fn);
    for (let warm = idle.pop(); warm !== undefined; warm = idle.pop()) {
      if (warm.alive) return warm;
    }
    this.#toWarm.delete(fn.arn);
    return this.#start(fn);
  }

  #isInspected(fn: RunnableFunction): boolean {
    return this.#options.inspect?.includes(fn) ?? false;
  }

  /** Ends the environment of another function that has the port. */
  async #freePort(fn: RunnableFunction): Promise<void> {
    const other = this.#inspected;
    if (other === undefined || (other.alive && this.#idleOf(fn).includes(other))) return;
    await this.#end(other);
    this.#inspected = undefined;
  }

  #start(fn: RunnableFunction): ExecutionEnvironment {
    const { inspect } = this.#options;
    const inspected = this.#isInspected(fn) ? inspect : undefined;
    if (this.#folder === undefined) {
      this.#folder = new RunFolder();
      this.#guard.remove(this.#folder.path);
    }
    const environment = new ExecutionEnvironment(fn, {
      inspectPort: inspected?.port,
      region: this.#options.region,
      endpoints: this.#options.endpoints,
      logStreamName: logStreamName(fn, this.#started++),
      log: (line) => this.#options.log(fn, line),
      folders: this.#folder.environment(),
      guard: this.#guard,
    });
    this.#all.add(environment);
    if (inspected !== undefined) {
      this.#inspected = environment;
      inspected.onWaiting(fn);
    }
    return environment;
  }

  #idleOf(fn: RunnableFunction): ExecutionEnvironment[] {
    let idle = this.#idle.get(fn.arn);
    if (idle === undefined) this.#idle.set(fn.arn, (idle = []));
    return idle;
  }

  async #end(environment: ExecutionEnvironment): Promise<void> {
    await environment.terminate();
    this.#all.delete(environment);
  }
}

/** Lambda's form, `2026/01/31/[$LATEST]<32 hex digits>`; one per environment. */
function logStreamName(fn: RunnableFunction, ordinal: number): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  const id = createHash('sha256').update(`${fn.arn} ${ordinal}`).digest('hex').slice(0, 32);
  return `${day}/[$LATEST]${id}`;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = (): void => reject(signal.reason as Error);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
