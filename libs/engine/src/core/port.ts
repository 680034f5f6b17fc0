import type { HistoryEventType } from '../history/events.ts';
import type { RandomSource } from '../expressions/types.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Failure } from './failure.ts';
import type { Lineage } from './lineage.ts';
import type { EngineServices } from './services.ts';
import type { VariableScope } from './variables.ts';

/*
 * Between a state and the thread that walks it: what each may ask of the other, and nothing else.
 *
 * Who owns which invariant of core/:
 * - ExecutionRun (execution.ts): event ids are consecutive from 1, the history ends with exactly one
 *   closing event, and the result resolves once per run or redrive. Only it closes an execution.
 * - ThreadRun (thread.ts): at most one state is current; `visit` changes whenever that state is
 *   entered, retried, left or aborted, so a callback of an earlier visit can never act. `pointer` is
 *   the id of the last event on the thread's own chain.
 * - Recovery (recovery.ts): a failure is retried, caught or ends the thread, exactly one of them; a
 *   Catcher's own failure is neither retried nor caught.
 * - Scheduler (scheduler.ts): under a virtual clock time moves only if no turn is due and nothing
 *   holds it.
 * - VariableScope (variables.ts): what is assigned is within the size quotas; a scope reads outwards
 *   and writes only to itself.
 * - Json values (../json.ts) are shared and never changed in place.
 *
 * Imports point one way: states and integrations → compile → core → expressions. Nothing in core
 * imports a state; this file is all that states see of it.
 */

/** What a state may ask of the thread that is in it. */
export interface Thread {
  readonly execution: ThreadExecution;
  readonly state: CompiledState;
  /** The state's raw input. */
  readonly input: Json;
  /** Changes when a state is entered, retried, left or aborted: late callbacks see it and stop. */
  readonly visit: number;
  readonly enteredId: number;
  readonly enteredAt: number;
  /** How often the current state was retried. */
  readonly retryCount: number;
  /** The variables that can be read here. */
  readonly variables: VariableScope;
  /** The context object as expressions of this state see it. */
  readonly context: Json;
  /** The context object's Map: the innermost item. */
  readonly mapContext: JsonObject | undefined;
  /** Id of the last event on this thread's chain: the next one's previousEventId. */
  pointer: number;
  /**
   * Id of the event that set off what happens now: the one before …StateEntered, or the answer of
   * what the state waited for. EvaluationFailed points there.
   */
  trigger: number;
  /** The current state's own data (a Map's progress). */
  local: unknown;
  /** Undoes what the current state waits for. */
  onAbort: (() => void) | undefined;
  taskToken: string | undefined;

  /** Appends an event to this thread's chain and gives its id. */
  emit(type: HistoryEventType, detailsKey?: `${string}EventDetails`, details?: JsonObject): number;
  /**
   * Leaves the state. Throws StatesError when the output or a variable is too large.
   * @param to the state to go to; undefined ends the thread
   */
  exit(output: Json, to: CompiledState | undefined, assigned?: JsonObject): void;
  /**
   * The state failed: retry it, catch it, or end the thread.
   * @param own true when the state's own evaluation failed, false when what it runs did
   */
  fail(how: Failure, options?: { own?: boolean }): void;
  /** Re-enters the state with the same input. */
  reenter(): void;
  /** Goes on after a wait, unless the thread has left that visit; failures become the state's. */
  resume(visit: number, step: () => void): void;
  /** For changes (a task token, a retry) that the next reader of `context` must see. */
  invalidateContext(): void;
  /** A thread of its own for a branch or an iteration of this state. */
  fork(graph: Graph, owner: ThreadOwner, index?: number): OwnedThread;
}

/** What a Parallel or a Map may ask of the threads that it owns. */
export interface OwnedThread extends Thread {
  /** Of the branch, or of the Map's item. */
  readonly index: number;
  readonly status: ThreadStatus;
  /** Enters the graph's first state at the next turn. */
  start(input: Json): void;
  /** Iterations of a Map take turns in the same thread: the next one starts from nothing. */
  reuse(index: number, item: Json): void;
  /**
   * Stops it where it is.
   * @param recorded whether the state's …Aborted event, where it has one, goes to the history
   */
  abort(recorded: boolean): void;
  /** Continues a failed or aborted thread in the state in which it stopped. */
  redrive(pointer: number): void;
  /** Names of the states in which this thread, or what it runs, waits. */
  waitingStates(): string[];
}

export type ThreadStatus = 'RUNNING' | 'ENDED' | 'FAILED' | 'ABORTED';

/** Who started a thread and hears how it ended: an execution, a Parallel, a Map. */
export interface ThreadOwner {
  ended(thread: OwnedThread, output: Json): void;
  failed(thread: OwnedThread, failure: Failure): void;
}

/** What a state, or its thread, may ask of the execution around it. */
export interface ThreadExecution {
  readonly services: EngineServices;
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly startDate: number;
  readonly redriveCount: number;
  readonly redriveDate: number | undefined;
  readonly options: {
    readonly stateMachineName: string;
    readonly roleArn: string;
    readonly type: 'STANDARD' | 'EXPRESS';
    readonly input: Json;
    readonly mapContext?: JsonObject;
    /** Parts of the context object that stand in for the execution's own, in a test of one state. */
    readonly context?: JsonObject | undefined;
  };
  readonly random: RandomSource;
  /** Where it stands among executions that started each other. */
  readonly lineage: Lineage;
  /** Somebody listens: only then are an event's details worth building. */
  readonly recording: boolean;
  /** It has not ended. */
  readonly live: boolean;
  /** The next event's id. Throws HistoryFull when only the closing event has room left. */
  nextId(): number;
  /** Only when `recording`. */
  publish(
    id: number,
    previousEventId: number,
    type: HistoryEventType,
    detailsKey?: `${string}EventDetails`,
    details?: JsonObject,
  ): void;
  emit(
    previousEventId: number,
    type: HistoryEventType,
    detailsKey?: `${string}EventDetails`,
    details?: JsonObject,
  ): number;
  /** Counts a state that is entered: an Express loop without a Wait must reach its timeout too. */
  countTurn(): void;
  /** No room for another event: the history's last one says so. */
  historyFull(): void;
}

/** A definition turned into objects that run: expressions parsed, transitions resolved. */
export interface CompiledMachine {
  readonly graph: Graph;
  readonly timeoutSeconds: number | undefined;
}

/** The states of a machine, of a Parallel's branch or of a Map's processor. */
export interface Graph {
  readonly startAt: CompiledState;
  readonly states: ReadonlyMap<string, CompiledState>;
  /** Told when a thread starts here, where somebody counts what runs reach. */
  readonly started?: (() => void) | undefined;
}

/**
 * What a thread asks of one state. `enter` is called after …StateEntered; sooner or later the state
 * calls the thread's `exit` or `fail`, or throws StatesError.
 */
export interface CompiledState {
  readonly name: string;
  readonly enteredEvent: HistoryEventType;
  readonly exitedEvent: HistoryEventType | undefined;
  /** Emitted when the state fails for good (Map, Parallel). */
  readonly failedEvent?: HistoryEventType | undefined;
  /** Emitted when something else stops it while it waits. */
  readonly abortedEvent?: HistoryEventType | undefined;
  readonly retryAndCatch: RetryAndCatch | undefined;
  /** Whether it may have Retry: then the context object has State.RetryCount. */
  readonly retryable: boolean;
  enter(thread: Thread): void;
  /** The next attempt, after Retry's delay. */
  retry(thread: Thread): void;
  /** Continues after a redrive, where it failed or was aborted. */
  redrive(thread: Thread): void;
  /** Its thread was aborted: pass it on to the threads it owns. */
  aborted?(thread: Thread, recorded: boolean): void;
  /** Names of the states in which the threads it owns wait. */
  waiting?(thread: Thread): string[];
}

/** Where a state goes next. The target is filled in once all states are compiled. */
export interface Transition {
  target: CompiledState | undefined;
}

/** Retry and Catch of one state. */
export interface RetryAndCatch {
  /** One counter a Retrier, for a state that is entered. */
  freshAttempts(): number[];
  /**
   * The first Retrier that names the error decides: how long to wait, or undefined when it has no
   * attempt left (later Retriers are not asked). Counts the attempt.
   */
  retryDelayMs(how: Failure, attempts: number[], random: RandomSource): number | undefined;
  catcher(how: Failure): Catcher | undefined;
}

/** What a Catcher does with the error output: store it, assign, go on. */
export interface Catcher {
  readonly matches: (how: Failure) => boolean;
  handle(thread: Thread, errorOutput: Json): void;
}
