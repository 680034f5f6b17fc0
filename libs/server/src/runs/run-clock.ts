import { realClock } from '@harmony/engine';
import type { Clock } from '@harmony/engine';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
  cancel: () => void;
}

/** Real time, from which one execution may skip ahead to its next timer. */
export class SkippingClock implements Clock {
  readonly virtual = false;
  readonly #real = realClock();
  readonly #timers = new Set<Timer>();
  #ahead = 0;

  now(): number {
    return this.#real.now() + this.#ahead;
  }

  setTimer(at: number, callback: () => void): () => void {
    const timer: Timer = { at, callback, cancel: () => {} };
    this.#timers.add(timer);
    this.#arm(timer);
    return () => {
      timer.cancel();
      this.#timers.delete(timer);
    };
  }

  advance(): boolean {
    return false;
  }

  /**
   * Jumps to the earliest timer within `horizon` milliseconds; timers further away are the ends of
   * executions' lives.
   * @returns milliseconds skipped; undefined when there is no such timer
   */
  skip(horizon: number): number | undefined {
    const now = this.now();
    const next = Math.min(...[...this.#timers].map(({ at }) => at));
    if (!(next - now <= horizon)) return undefined;
    const skipped = Math.max(0, next - now);
    this.#ahead += skipped;
    for (const timer of this.#timers) {
      timer.cancel();
      this.#arm(timer);
    }
    return skipped;
  }

  #arm(timer: Timer): void {
    timer.cancel = this.#real.setTimer(timer.at - this.#ahead, () => {
      this.#timers.delete(timer);
      timer.callback();
    });
  }
}
