let done = 0;

/** Work of all evaluations so far, about the number of values that they looked at. */
export function workDone(): number {
  return done;
}

/** Counted, not timed: what depends on it is the same on every machine. */
export function countWork(work: number): void {
  done += work;
}
