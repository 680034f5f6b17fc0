import type { JsonObject } from '../json.ts';
import { errorOutput, failureOfEvaluation, type Failure } from './failure.ts';
import { HistoryFull } from './history-full.ts';
import type { Thread } from './port.ts';

/** A thread as its recovery sees it. */
export interface RecoveringThread extends Thread {
  /** Undoes what the current state waits for, and drops callbacks that come all the same. */
  stopWaiting(): void;
  /** Nothing retries or catches it: the thread is over. */
  gaveUp(how: Failure): void;
}

/** What becomes of a thread's state that failed: it is retried, caught, or ends the thread. */
export class Recovery {
  readonly #thread: RecoveringThread;
  retryCount = 0;
  /** How often each Retrier of this state was used. */
  #attempts: number[] | undefined;
  /** A Catcher is at work: its own failure is neither retried nor caught. */
  #catching = false;

  constructor(thread: RecoveringThread) {
    this.#thread = thread;
  }

  /** For a state that is entered, or run anew by a redrive. */
  reset(): void {
    this.retryCount = 0;
    this.#attempts = undefined;
    this.#catching = false;
  }

  /** Something thrown while the state was worked on. */
  caught(thrown: unknown): void {
    const { execution, state, enteredId } = this.#thread;
    if (thrown instanceof HistoryFull) {
      execution.historyFull();
      return;
    }
    try {
      this.fail(failureOfEvaluation(thrown, state.name, enteredId), true);
    } catch (again) {
      // A Catcher's own failure, which nothing catches, or the history is full.
      this.caught(again);
    }
  }

  /** @param own true when the state's own evaluation failed, false when what it runs did */
  fail(how: Failure, own: boolean): void {
    const thread = this.#thread;
    const { state } = thread;
    thread.stopWaiting();
    // What it runs does not outlive it (an ItemSelector fails while other iterations go on).
    if (own) state.aborted?.(thread, true);
    if (how.evaluation !== undefined) this.#emitEvaluationFailed(how, how.evaluation);
    const recoverable = !how.fatal && !this.#catching;
    if (recoverable && this.#retry(how)) return;
    if (state.failedEvent !== undefined && !(own && how.fatal)) thread.emit(state.failedEvent);
    const catcher = recoverable ? state.retryAndCatch?.catcher(how) : undefined;
    if (catcher === undefined) {
      this.#giveUp(how);
      return;
    }
    this.#catching = true;
    thread.trigger = thread.pointer;
    catcher.handle(thread, errorOutput(how));
  }

  #emitEvaluationFailed(
    { error, cause }: Failure,
    { location }: NonNullable<Failure['evaluation']>,
  ): void {
    const thread = this.#thread;
    const { state, execution } = thread;
    const details: JsonObject = { error: error ?? '', cause: cause ?? '', state: state.name };
    if (location !== undefined) details['location'] = location;
    thread.pointer = execution.emit(
      thread.trigger,
      'EvaluationFailed',
      'evaluationFailedEventDetails',
      details,
    );
  }

  #giveUp(how: Failure): void {
    // Told once: to the Parallel or Map around it this is a failure like any other.
    this.#thread.gaveUp(how.evaluation === undefined ? how : { ...how, evaluation: undefined });
  }

  #retry(how: Failure): boolean {
    const thread = this.#thread;
    const { execution, state, visit } = thread;
    const { retryAndCatch } = state;
    if (retryAndCatch === undefined) return false;
    this.#attempts ??= retryAndCatch.freshAttempts();
    const delayMs = retryAndCatch.retryDelayMs(how, this.#attempts, execution.random);
    if (delayMs === undefined) return false;
    const { scheduler } = execution.services;
    thread.onAbort = scheduler.timer(scheduler.now() + delayMs, () =>
      thread.resume(visit, () => {
        thread.onAbort = undefined;
        this.retryCount++;
        thread.invalidateContext();
        thread.trigger = thread.pointer;
        state.retry(thread);
      }),
    );
    return true;
  }
}
