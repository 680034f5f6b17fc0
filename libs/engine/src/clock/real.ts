import type { CancelTimer, Clock } from './clock.ts';

/** setTimeout's own limit: about 24.8 days. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Wall-clock time. Timers keep the process alive until they fire or are cancelled. */
export function realClock(): Clock {
  return {
    virtual: false,
    now: () => Date.now(),
    setTimer(at: number, callback: () => void): CancelTimer {
      let handle: NodeJS.Timeout;
      const wait = (): void => {
        handle = setTimeout(fire, Math.min(Math.max(0, at - Date.now()), LONGEST_TIMEOUT_MS));
      };
      // Also where it has not been as long as was asked for: timers count on a clock of their own.
      const fire = (): void => (Date.now() < at ? wait() : callback());
      wait();
      return () => clearTimeout(handle);
    },
    advance: () => false,
  };
}
