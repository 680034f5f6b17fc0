import { randomInt, randomUUID } from 'node:crypto';
import { Engine, Exchange, realClock, virtualClock } from '@harmony/engine';
import type { EngineOptions, Execution, ExecutionEvent, Json } from '@harmony/engine';
import type { Catalog, Startable } from '../catalog/catalog.ts';
import { ApiError, missing } from '../errors.ts';
import type { ExecutionRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { optionsOf } from './generation.ts';
import type { Generation } from './generation.ts';
import { Recorder } from './recorder.ts';

export interface RunsOptions {
  readonly store: Store;
  readonly catalog: Catalog;
  /** Waits are jumped over unless an execution is started otherwise. */
  readonly virtualTime: boolean;
  readonly answerTasks?: Pick<EngineOptions, 'runTask' | 'interceptTask'>;
  readonly onEvent: (event: ExecutionEvent) => void;
}

/** One execution that was started through the API, with the engine that it has for itself. */
interface Run {
  readonly execution: Execution;
  readonly generation: Generation;
}

/** How many ended runs are kept for a redrive. */
const REDRIVABLE = 500;

/** Everything that runs: each started execution in an engine of its own, so with its own clock. */
export class Runs {
  readonly #options: RunsOptions;
  readonly #exchange = new Exchange();
  /** Answers tokens and gives out activities; it runs nothing. */
  readonly #desk: Engine;
  readonly #recorder: Recorder;
  readonly #runs = new Map<string, Run>();
  readonly #ended = new Map<string, Run>();
  /** Those who wait for a task of an activity. */
  readonly #workers = new Set<() => void>();
  #generation: Generation;

  constructor(generation: Generation, options: RunsOptions) {
    this.#options = options;
    this.#generation = generation;
    const { catalog, store } = options;
    this.#desk = new Engine({
      clock: realClock(),
      exchange: this.#exchange,
      runTask: () => Promise.reject(new Error('nothing runs at the desk')),
      onStalled: () => {},
    });
    this.#recorder = new Recorder({
      store,
      definition: (arn) => catalog.startableOrNone(arn)?.machine.definition,
      origin: (arn) =>
        catalog.startableOrNone(arn) ?? { versionArn: undefined, aliasArn: undefined },
    });
  }

  /** New runs take this one. */
  async serve(generation: Generation): Promise<void> {
    const before = this.#generation;
    this.#generation = generation;
    await before.supersede();
  }

  /**
   * Starts an execution; it is kept when this resolves.
   * @throws ApiError, EngineError, LocalError, InvalidDefinition
   */
  async start(
    startable: Startable,
    { name, input, virtualTime }: { name?: string | undefined; input: Json; virtualTime?: boolean },
  ): Promise<Execution> {
    const generation = this.#generation;
    const { machine, versionArn, aliasArn } = startable;
    await generation.prepare(machine);
    const arn = aliasArn ?? versionArn ?? machine.stateMachineArn;
    if (arn !== machine.stateMachineArn) generation.stateMachines.put(optionsOf(machine, arn));
    this.#refuseEnded(machine.stateMachineArn, name);
    const jumps = virtualTime ?? this.#options.virtualTime;
    const engine = new Engine({
      ...generation.host.engineOptions,
      ...this.#options.answerTasks,
      clock: jumps ? virtualClock(Date.now()) : realClock(),
      stateMachines: generation.stateMachines,
      exchange: this.#exchange,
      seed: randomInt(2 ** 47),
      onEvent: (event) => this.#record(event),
      // Somebody may still answer a token.
      onStalled: () => {},
    });
    const execution = engine.startExecution({
      stateMachineArn: arn,
      input,
      name: name ?? randomUUID(),
    });
    // The same name and input while it runs give the execution that is there.
    if (!this.#runs.has(execution.arn)) this.#follow({ execution, generation });
    await this.#options.store.flushed();
    return execution;
  }

  /** @throws ApiError ExecutionDoesNotExist */
  row(arn: string): ExecutionRow {
    const row = this.#options.store.execution(arn);
    if (row === undefined) throw missing('Execution', arn);
    return row;
  }

  /** Stops it, if it still runs. */
  stop(arn: string, error?: string, cause?: string): ExecutionRow {
    this.row(arn);
    (this.#exchange.execution(arn) ?? this.#runs.get(arn)?.execution)?.stop(error, cause);
    return this.row(arn);
  }

  /** @throws ApiError ExecutionNotRedrivable; EngineError of the same name */
  redrive(arn: string): Date {
    const row = this.row(arn);
    const run = this.#ended.get(arn);
    if (run === undefined || !run.generation.usable) {
      const reason =
        row.status === 'RUNNING'
          ? 'it is running'
          : 'it ended before this server was started, before the workspace changed, or long ago';
      throw new ApiError('ExecutionNotRedrivable', `Execution is not redrivable: ${reason}.`);
    }
    run.execution.redrive();
    this.#ended.delete(arn);
    this.#follow(run);
    this.#options.store.flush();
    return new Date(this.row(arn).redriveDate ?? Date.now());
  }

  sendTaskSuccess(token: string, output: Json): void {
    this.#desk.sendTaskSuccess(token, output);
  }

  sendTaskFailure(token: string, how: { error?: string; cause?: string }): void {
    this.#desk.sendTaskFailure(token, how);
  }

  sendTaskHeartbeat(token: string): void {
    this.#desk.sendTaskHeartbeat(token);
  }

  /** The next task of an activity, for which it waits until `signal` aborts; undefined then. */
  async activityTask(arn: string, worker: string | undefined, signal: AbortSignal) {
    for (;;) {
      const task = this.#desk.getActivityTask(arn, worker);
      if (task !== undefined || signal.aborted) return task;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#workers.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.#workers.add(wake);
        signal.addEventListener('abort', wake, { once: true });
      });
    }
  }

  /** Ends what runs, with a reason. */
  async end(error: string, cause: string): Promise<void> {
    for (const { execution } of this.#runs.values()) execution.stop(error, cause);
    const generations = new Set([this.#generation]);
    for (const { generation } of this.#ended.values()) generations.add(generation);
    await Promise.all([...generations].map((generation) => generation.end()));
  }

  #follow(run: Run): void {
    const { execution, generation } = run;
    this.#runs.set(execution.arn, run);
    generation.use();
    void execution.result.then(() => {
      this.#runs.delete(execution.arn);
      this.#ended.set(execution.arn, run);
      const [oldest] = this.#ended.keys();
      if (this.#ended.size > REDRIVABLE && oldest !== undefined) this.#ended.delete(oldest);
      void generation.release();
    });
  }

  /** The engines know the names of what they ran; the store also those of earlier servers. */
  #refuseEnded(machineArn: string, name: string | undefined): void {
    if (name === undefined) return;
    const arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const row = this.#options.store.execution(arn);
    if (row === undefined || row.status === 'RUNNING') return;
    throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  }

  #record(event: ExecutionEvent): void {
    this.#recorder.record(event);
    this.#options.onEvent(event);
    if (event.event.type !== 'ActivityScheduled') return;
    // After the state has queued its task.
    queueMicrotask(() => {
      for (const wake of [...this.#workers]) wake();
    });
  }
}
