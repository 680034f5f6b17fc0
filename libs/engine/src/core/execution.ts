import type { HistoryEvent, HistoryEventType } from '../history/events.ts';
import type { Json, JsonObject } from '../json.ts';
import type { CancelTimer } from '../clock/clock.ts';
import type { RandomSource } from '../expressions/types.ts';
import type { Execution, ExecutionResult, ExecutionStatus, StateMachineType } from '../types.ts';
import { seededRandom } from '../random.ts';
import { failure, type Failure } from './failure.ts';
import type { CompiledMachine, OwnedThread, ThreadExecution, ThreadOwner } from './port.ts';
import type { BookedExecution } from './execution-book.ts';
import type { StartedExecution } from './running-execution.ts';
import type { EngineServices } from './services.ts';
import { Lineage } from './lineage.ts';
import { HistoryFull } from './history-full.ts';
import { ThreadRun } from './thread.ts';
import { closing, type Closing } from './closing.ts';
import { redrivePlan } from './redrive.ts';

export interface ExecutionOptions {
  readonly machine: CompiledMachine;
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  readonly roleArn: string;
  readonly type: StateMachineType;
  readonly input: Json;
  /** The context object's Map key, for a child execution of a Map Run. */
  readonly mapContext?: JsonObject;
  /** The Map Run that started it. */
  readonly mapRunArn?: string;
  /** In a test of one state: parts of the context object, and the variables that there are. */
  readonly context?: JsonObject | undefined;
  readonly variables?: JsonObject | undefined;
  readonly lineage?: Lineage | undefined;
  /** Called once it has ended, before its result promise resolves. */
  readonly onEnd?: ((result: ExecutionResult) => void) | undefined;
}

/**
 * One run of a state machine: numbers its events, owns its root thread and its end.
 * Nothing of the history is kept: events go to the engine's listener, or are only counted.
 */
export class ExecutionRun
  implements Execution, ThreadExecution, ThreadOwner, StartedExecution, BookedExecution
{
  readonly services: EngineServices;
  readonly options: ExecutionOptions;
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  #random: RandomSource | undefined;
  readonly recording: boolean;
  #lineage: Lineage | undefined;
  readonly startDate: number;
  stopDate: number | undefined;
  status: ExecutionStatus = 'RUNNING';
  redriveCount = 0;
  outcome: ExecutionResult | undefined;
  redriveDate: number | undefined;
  #result: Promise<ExecutionResult> | undefined;
  #resolve: ((result: ExecutionResult) => void) | undefined;
  #root: ThreadRun;
  #nextId = 1;
  #lifetime: CancelTimer | undefined;
  readonly #historyLimit: number;
  /** Turns since time last moved: an Express loop without a Wait must still reach its timeout. */
  #turns = 0;
  #turnsAt = 0;
  #skew = 0;

  constructor(services: EngineServices, options: ExecutionOptions) {
    this.services = services;
    this.options = options;
    this.arn = options.arn;
    this.name = options.name;
    this.stateMachineArn = options.stateMachineArn;
    this.recording = services.onEvent !== undefined;
    this.#lineage = options.lineage;
    this.startDate = services.scheduler.now();
    this.#historyLimit =
      options.type === 'STANDARD' ? services.limits.historyEvents : Number.MAX_SAFE_INTEGER;
    this.#root = new ThreadRun(this, options.machine.graph, this);
    if (options.variables !== undefined)
      this.#root.variables.assign(options.variables, services.limits);
  }

  get type(): StateMachineType {
    return this.options.type;
  }

  /** Made for who asks: most children of other executions are never asked. */
  get result(): Promise<ExecutionResult> {
    return (this.#result ??=
      this.outcome === undefined
        ? new Promise((resolve) => (this.#resolve = resolve))
        : Promise.resolve(this.outcome));
  }

  get lineage(): Lineage {
    return (this.#lineage ??= new Lineage());
  }

  get live(): boolean {
    return this.status === 'RUNNING';
  }

  /** Takes effect with the scheduler's next turn. */
  start(): void {
    const { input, roleArn } = this.options;
    this.services.scheduler.expects(this);
    const id = this.nextId();
    if (this.recording) {
      this.publish(id, 0, 'ExecutionStarted', 'executionStartedEventDetails', {
        input: JSON.stringify(input),
        inputDetails: { truncated: false },
        roleArn,
      });
    }
    this.#root.start(input);
  }

  armLifetime(): void {
    const { services, options } = this;
    const limit =
      options.type === 'STANDARD'
        ? services.limits.standardDurationMs
        : services.limits.expressDurationMs;
    const own = options.machine.timeoutSeconds;
    const begun = this.redriveDate ?? this.startDate;
    const ends = begun + Math.min(limit, own === undefined ? Infinity : own * 1000);
    this.#lifetime = services.scheduler.timer(
      ends,
      () => this.#timeOut(),
      // A timeout that the author set is worth waiting for; the service's own is not.
      own !== undefined ? 'wake' : 'lifetime',
    );
  }

  get input(): Json {
    return this.options.input;
  }

  /** Seeded by the engine's seed and the execution's ARN, so that runs do not disturb each other. */
  get random(): RandomSource {
    return (this.#random ??= seededRandom(`${this.services.seed} ${this.arn}`));
  }

  // -- events ---------------------------------------------------------------------------------

  /** The next event's id. Throws HistoryFull when only the closing event has room left. */
  nextId(): number {
    if (this.#nextId >= this.#historyLimit) throw new HistoryFull();
    return this.#nextId++;
  }

  get eventCount(): number {
    return this.#nextId - 1;
  }

  /** Only when `recording`: whoever calls it builds the details for a listener alone. */
  publish(
    id: number,
    previousEventId: number,
    type: HistoryEventType,
    detailsKey?: `${string}EventDetails`,
    details?: JsonObject,
  ): void {
    const event: Record<string, unknown> = {
      timestamp: this.services.scheduler.now(),
      type,
      id,
      previousEventId,
    };
    if (detailsKey !== undefined && details !== undefined) event[detailsKey] = details;
    this.services.onEvent?.({
      executionArn: this.arn,
      stateMachineArn: this.stateMachineArn,
      mapRunArn: this.options.mapRunArn,
      event: event as unknown as HistoryEvent,
    });
  }

  emit(
    previousEventId: number,
    type: HistoryEventType,
    detailsKey?: `${string}EventDetails`,
    details?: JsonObject,
  ): number {
    const id = this.nextId();
    if (this.recording) this.publish(id, previousEventId, type, detailsKey, details);
    return id;
  }

  // -- the root thread's owner ----------------------------------------------------------------

  ended(thread: OwnedThread, output: Json): void {
    this.#close('SUCCEEDED', thread.pointer, { output });
  }

  failed(thread: OwnedThread, how: Failure): void {
    this.#close('FAILED', thread.pointer, how);
  }

  /** No room for another event: the history's last one says so. */
  historyFull(): void {
    this.#root.abort(false);
    const cause = `The execution reached the maximum number of history events (${this.#historyLimit}).`;
    this.#close('FAILED', this.#root.pointer, failure('States.Runtime', cause));
  }

  #timeOut(): void {
    if (this.status !== 'RUNNING') return;
    this.#root.abort(false);
    this.#close('TIMED_OUT', this.#root.pointer, failure(undefined, undefined));
  }

  stop(error?: string, cause?: string): void {
    if (this.status !== 'RUNNING') return;
    this.#root.abort(false);
    this.#close('ABORTED', this.#root.pointer, failure(error, cause));
  }

  redrive(): void {
    const plan = redrivePlan(this);
    this.status = 'RUNNING';
    this.outcome = undefined;
    this.redriveCount++;
    this.redriveDate = this.services.scheduler.now();
    this.#result = undefined;
    this.services.executions.resumed(this);
    this.services.scheduler.expects(this);
    const id = this.emit(plan.pointer, 'ExecutionRedriven', 'executionRedrivenEventDetails', {
      redriveCount: this.redriveCount,
    });
    this.#root.redrive(id);
  }

  /** The states in which it waits, for a report. */
  waitingStates(): string[] {
    return this.#root.waitingStates();
  }

  #close(status: Exclude<ExecutionStatus, 'RUNNING'>, pointer: number, how: Closing): void {
    if (this.status !== 'RUNNING') return;
    this.status = status;
    const stopDate = this.services.scheduler.now();
    this.stopDate = stopDate;
    this.#lifetime?.();
    this.#lifetime = undefined;
    const id = this.#nextId++;
    if (this.recording) {
      const { type, details } = closing(status, how);
      const key = `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails` as const;
      this.publish(id, pointer, type, key, details);
    }
    const result: { -readonly [Key in keyof ExecutionResult]: ExecutionResult[Key] } = {
      executionArn: this.arn,
      stateMachineArn: this.stateMachineArn,
      name: this.name,
      status,
      input: this.options.input,
      startDate: this.startDate,
      stopDate,
    };
    if (how.output !== undefined) result.output = how.output;
    if (how.error !== undefined) result.error = how.error;
    if (how.cause !== undefined) result.cause = how.cause;
    this.outcome = result;
    this.services.executions.ended(this, this.services.machines.askForExecutions);
    this.options.onEnd?.(result);
    this.#resolve?.(result);
  }

  /**
   * Counts a turn. A Standard execution that loops without waiting ends at its last event; an
   * Express one has no such end, and under a virtual clock its timeout would never come. So after
   * `historyLimit`-many turns at one instant, every further thousand counts as a second.
   */
  countTurn(): void {
    if (this.options.type !== 'EXPRESS') return;
    const now = this.services.scheduler.now();
    if (now !== this.#turnsAt) {
      this.#turnsAt = now;
      this.#turns = 0;
      this.#skew = 0;
    }
    if (++this.#turns < LOOP_TURNS || this.#turns % 1000 !== 0) return;
    this.#skew += 1000;
    const lifetime = this.options.machine.timeoutSeconds;
    const limit = Math.min(
      this.services.limits.expressDurationMs,
      lifetime === undefined ? Infinity : lifetime * 1000,
    );
    if (now + this.#skew - this.startDate >= limit) this.#timeOut();
  }
}

/** Turns at one instant of the clock that no sensible Express execution makes. */
const LOOP_TURNS = 1_000_000;
