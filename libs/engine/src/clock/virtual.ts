import type { CancelTimer, Clock } from './clock.ts';
import { TimerHeap } from './timer-heap.ts';

/**
 * A clock that stands still until the engine advances it, then jumps straight to the next timer.
 * @param startMs milliseconds since the epoch
 */
export function virtualClock(startMs: number): Clock {
  let now = startMs;
  const timers = new TimerHeap();
  return {
    virtual: true,
    now: () => now,
    setTimer(at: number, callback: () => void): CancelTimer {
      return timers.add(at, callback);
    },
    advance(): boolean {
      const next = timers.pop();
      if (next === undefined) return false;
      if (next.at > now) now = next.at;
      next.callback();
      return true;
    },
  };
}
