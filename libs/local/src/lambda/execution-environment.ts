import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { environmentVariables, logGroupName } from './environment-variables.ts';
import type { ProcessGuard } from './guard.ts';
import { launchOf } from './launch.ts';
import { LineCutter, readLines } from './lines.ts';
import type { EnvironmentFolders } from './run-folder.ts';
import type { FunctionErrorPayload, InvokeMessage, RuntimeMessage } from './protocol.ts';
import type { RunnableFunction } from './runnable.ts';
import { parseRuntimeMessage } from './runtime-message.ts';

/** What came of one invocation: Lambda's response, or its function error. */
export type InvokeResult =
  | { readonly kind: 'response'; readonly json: string }
  | { readonly kind: 'function-error'; readonly error: FunctionErrorPayload };

export interface Invocation {
  readonly requestId: string;
  readonly eventJson: string;
}

export type LogSink = (line: {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  /** Absent for what is written while the code loads. */
  readonly requestId?: string;
}) => void;

export interface EnvironmentOptions {
  readonly region: string;
  readonly logStreamName: string;
  readonly endpoints?: Readonly<Record<string, string>> | undefined;
  readonly log: LogSink;
  readonly folders: EnvironmentFolders;
  /** Sees to it that the process does not outlive this one. */
  readonly guard: ProcessGuard;
  /** Port at which the code waits for a debugger; then no time runs out for it. */
  readonly inspectPort?: number | undefined;
}

/** Lambda gives code 10 s to load before the first invocation's own timeout starts. */
const INIT_MS = 10_000;

/** The longest that a Node timer takes. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The longest response, 6 MB, is six times as long where its JSON text needs an escape for every byte. */
const MAX_MESSAGE = 40 * 1024 * 1024;

/** CloudWatch Logs cuts longer events, at 256 KB, too. */
const MAX_LOG_LINE = 256 * 1024;

/**
 * One execution environment of one function: a process that handles one invocation at a time and is
 * reused while it is warm. After a timeout or a crash it is gone (`alive` is false).
 */
export class ExecutionEnvironment {
  readonly #fn: RunnableFunction;
  readonly #process: ChildProcess;
  readonly #channel: Duplex;
  readonly #log: LogSink;
  readonly #logStreamName: string;
  readonly #exited: Promise<void>;
  /** Milliseconds; a person at a debugger has all the time. */
  readonly #timeouts: { readonly init: number; readonly invocation: number };
  /** Settles when the handler is loaded, or could not be. */
  readonly #ready: Promise<FunctionErrorPayload | undefined>;
  #settleReady: (error: FunctionErrorPayload | undefined) => void = () => {};
  #current: { requestId: string; settle: (result: InvokeResult) => void } | undefined;
  readonly #lines = { stdout: new LineCutter(MAX_LOG_LINE), stderr: new LineCutter(MAX_LOG_LINE) };
  #alive = true;

  constructor(fn: RunnableFunction, options: EnvironmentOptions) {
    this.#fn = fn;
    this.#log = options.log;
    this.#logStreamName = options.logStreamName;
    this.#ready = new Promise((resolve) => (this.#settleReady = resolve));
    const { inspectPort: port, folders } = options;
    this.#timeouts =
      port === undefined
        ? { init: INIT_MS, invocation: fn.timeoutSeconds * 1000 }
        : { init: MAX_TIMER_MS, invocation: MAX_TIMER_MS };
    const inspect =
      port === undefined ? [] : ['--allow-inspector', `--inspect-wait=127.0.0.1:${port}`];
    const { command, args } = launchOf(fn, folders, inspect);
    this.#process = spawn(command, args, {
      cwd: fn.assetPath,
      env: environmentVariables(fn, options),
      // Nothing of a handler may reach the host's streams; what bypasses the runtime is dropped.
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    options.guard.watch(this.#process);
    this.#channel = this.#process.stdio.at(-1) as Duplex;
    this.#exited = new Promise((resolve) => {
      // After the last message, unlike `exit`.
      this.#process.once('close', (code, signal) => {
        this.#onExit(code, signal);
        resolve();
      });
    });
    const broken = (): void => this.#onBroken();
    readLines(this.#channel, MAX_MESSAGE, (line) => this.#onLine(line), broken);
    this.#process.on('error', (error) => this.#onProcessError(error));
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Resolves when the handler is loaded, could not be, or the environment has ended. */
  async loaded(): Promise<void> {
    await this.#ready;
  }

  /** Never rejects. Answers when the handler does, or when the function's timeout is over. */
  async invoke(invocation: Invocation): Promise<InvokeResult> {
    const { requestId } = invocation;
    return new Promise<InvokeResult>((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      let settled = false;
      const settle = (result: InvokeResult): void => {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        this.#flushLines();
        this.#current = undefined;
        resolve(result);
      };
      this.#current = { requestId, settle };
      if (!this.#alive) return settle(exited(requestId, 1, null));
      let started = false;
      const start = (initError?: FunctionErrorPayload): void => {
        if (settled || started) return;
        started = true;
        clearTimeout(timer);
        if (initError !== undefined) return settle({ kind: 'function-error', error: initError });
        const timeoutMs = this.#timeouts.invocation;
        timer = setTimeout(() => this.#timeOut(requestId), timeoutMs);
        this.#post(invocation, Date.now() + timeoutMs);
      };
      // Code that is still loading after Lambda's limit is loaded again within the function's own
      // timeout, by Lambda; here it goes on loading, and the timeout starts.
      timer = setTimeout(start, this.#timeouts.init);
      void this.#ready.then(start);
    });
  }

  /** Ends the process at once, with what it runs: that invocation answers as one that was killed. */
  async terminate(): Promise<void> {
    await this.#kill();
    // Its timer would else keep the host alive up to the function's timeout.
    this.#current?.settle(exited(this.#current.requestId, null, 'SIGKILL'));
  }

  async #kill(): Promise<void> {
    this.#alive = false;
    this.#process.kill('SIGKILL');
    await this.#exited;
  }

  #post(invocation: Invocation, deadline: number): void {
    const message: InvokeMessage = {
      ...invocation,
      deadline,
      functionName: this.#fn.name,
      functionArn: this.#fn.arn,
      memoryMb: this.#fn.memoryMb,
      logGroupName: logGroupName(this.#fn),
      logStreamName: this.#logStreamName,
    };
    this.#channel.write(`${JSON.stringify(message)}\n`);
  }

  #timeOut(requestId: string): void {
    const settle = this.#current?.settle;
    const result: InvokeResult = {
      kind: 'function-error',
      error: {
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${requestId} Error: Task timed out after ${this.#fn.timeoutSeconds.toFixed(2)} seconds`,
      },
    };
    // The result waits for the process's end, so that all it wrote before is in the log.
    void this.#kill().then(() => settle?.(result));
  }

  #onLine(line: string): void {
    const message = parseRuntimeMessage(line);
    if (message === undefined) this.#onBroken();
    else this.#onMessage(message);
  }

  /** Something but the runtime has written, or has got between: only this environment suffers. */
  #onBroken(): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#process.kill('SIGKILL');
    const error = {
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${this.#current?.requestId ?? ''} Error: the function wrote to file descriptor 3, or changed what its runtime writes with`,
    };
    this.#settleReady(error);
    this.#current?.settle({ kind: 'function-error', error });
  }

  #onMessage(message: RuntimeMessage): void {
    switch (message.type) {
      case 'ready':
        return this.#settleReady(undefined);
      case 'init-error':
        this.#alive = false;
        this.#process.kill('SIGKILL');
        return this.#settleReady(message.error);
      case 'log':
        return this.#onLog(message.stream, message.text);
      case 'response':
        if (message.requestId !== this.#current?.requestId) return;
        return this.#current.settle({ kind: 'response', json: message.json });
      case 'error':
        if (message.requestId !== this.#current?.requestId) return;
        return this.#current.settle({ kind: 'function-error', error: message.error });
      case 'crash':
        this.#alive = false;
        this.#settleReady(message.error);
        return this.#current?.settle({ kind: 'function-error', error: message.error });
    }
  }

  /** It could not be started at all. */
  #onProcessError(error: Error): void {
    this.#alive = false;
    const errorMessage = `${this.#fn.name} cannot be started in ${this.#fn.assetPath}: ${error.message}`;
    const payload = { errorType: error.name, errorMessage };
    this.#settleReady(payload);
    this.#current?.settle({ kind: 'function-error', error: payload });
  }

  #onExit(code: number | null, signal: NodeJS.Signals | null): void {
    const ended = this.#alive;
    this.#alive = false;
    this.#flushLines();
    if (!ended && this.#current === undefined) return;
    const result = exited(this.#current?.requestId ?? '', code, signal);
    this.#settleReady(result.error);
    // After a timeout `#timeOut` gives the result; a crash has given its own.
    if (ended) this.#current?.settle(result);
  }

  #onLog(stream: 'stdout' | 'stderr', text: string): void {
    for (const line of this.#lines[stream].add(text)) this.#emit(stream, line);
  }

  #flushLines(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      for (const line of this.#lines[stream].rest()) this.#emit(stream, line);
    }
  }

  #emit(stream: 'stdout' | 'stderr', text: string): void {
    const requestId = this.#current?.requestId;
    this.#log({ stream, text, ...(requestId === undefined ? {} : { requestId }) });
  }
}

/** Lambda's words, which are those of Go's `os.ProcessState`. */
function exited(
  requestId: string,
  code: number | null,
  signal: NodeJS.Signals | null,
): Extract<InvokeResult, { kind: 'function-error' }> {
  const how =
    signal === null ? `exit status ${code}` : `signal: ${SIGNALS[signal] ?? signal.toLowerCase()}`;
  const reason =
    code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${how}`;
  return {
    kind: 'function-error',
    error: {
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: ${reason}`,
    },
  };
}

const SIGNALS: Partial<Record<NodeJS.Signals, string>> = {
  // V8 without memory.
  SIGABRT: 'aborted',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
};
