import { realClock, virtualClock } from '@harmony/engine';
import type { Clock } from '@harmony/engine';

export interface RunClockOptions {
  /** Where the run's clock starts. Default: now. */
  readonly startTime?: Date;
  /** Waits take their real time. Default: the clock jumps over them. */
  readonly realTime?: boolean;
}

/** The clock of a run: it starts where it is told, and passes or jumps. */
export function runClock(options: RunClockOptions = {}): Clock {
  const start = options.startTime?.getTime() ?? Date.now();
  if (options.realTime !== true) return virtualClock(start);
  const real = realClock();
  const ahead = start - Date.now();
  return {
    virtual: false,
    now: () => real.now() + ahead,
    setTimer: (at, callback) => real.setTimer(at - ahead, callback),
    advance: () => false,
  };
}
