/** Undoes a timer. */
export type CancelTimer = () => void;

/**
 * Time as the engine sees it. `virtualClock` jumps to the next timer when nothing else runs;
 * `realClock` waits.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once `at` (ms since the epoch) is reached; equal times fire in the order they were set. */
  setTimer(at: number, callback: () => void): CancelTimer;
  /** True: time only passes when the engine calls `advance`. */
  readonly virtual: boolean;
  /** Virtual only: jumps to the earliest timer and fires it; false when there is none. */
  advance(): boolean;
}
