import type { HistoryEventType } from '../history/events.ts';
import type { Thread } from '../core/thread.ts';
import type { Handlers } from './handlers.ts';

/** A definition turned into objects that run: expressions parsed, transitions resolved. */
export interface CompiledMachine {
  readonly graph: Graph;
  readonly timeoutSeconds: number | undefined;
}

/** The states of a machine, of a Parallel's branch or of a Map's processor. */
export interface Graph {
  readonly startAt: CompiledState;
  readonly states: ReadonlyMap<string, CompiledState>;
}

/**
 * One state. `enter` is called after …StateEntered; sooner or later the state calls the thread's
 * `exit` or `fail`, or throws StatesError.
 */
export interface CompiledState {
  readonly name: string;
  readonly enteredEvent: HistoryEventType;
  readonly exitedEvent: HistoryEventType | undefined;
  /** Emitted when the state fails for good (Map, Parallel). */
  readonly failedEvent?: HistoryEventType | undefined;
  /** Emitted when something else stops it while it waits. */
  readonly abortedEvent?: HistoryEventType | undefined;
  /** Retry and Catch. */
  readonly handlers: Handlers | undefined;
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
