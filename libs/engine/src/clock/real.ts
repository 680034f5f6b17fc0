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
      const arm = (): void => {
        const left = at - Date.now();
        handle =
          left > LONGEST_TIMEOUT_MS
            ? setTimeout(arm, LONGEST_TIMEOUT_MS)
            : setTimeout(callback, Math.max(0, left));
      };
      arm();
      return () => clearTimeout(handle);
    },
    advance: () => false,
  };
}
