import { StatesError } from '../../errors.ts';
import type { Deadline } from '../regex-guard.ts';
import { countWork } from '../work-done.ts';

/** Values that one evaluation of a path may look at: `$..*..*..*` over deep data finds no end. */
const maxSteps = 2_000_000;

/** Steps that are counted together, as work that others wait for. */
const COUNTED = 1_024;

/** Milliseconds that the regular expressions of one evaluation may take together. */
const maxMs = 1_000;

/** What one evaluation of a path, with the paths in its filters, has used up. */
export class Effort implements Deadline {
  #steps = 0;
  #spentMs = 0;
  #since = 0;

  step(): void {
    if (++this.#steps % COUNTED === 0) countWork(COUNTED);
    if (this.#steps > maxSteps) {
      throw new StatesError(
        'States.Runtime',
        `The JSONPath matches too much: more than ${String(maxSteps)} values were looked at.`,
      );
    }
  }

  get remainingMs(): number {
    return Math.max(1, maxMs - Math.ceil(this.#spentMs));
  }

  /** Counts the time of a search that may take long. */
  timed<T>(search: () => T): T {
    this.#since = performance.now();
    try {
      return search();
    } finally {
      this.#spentMs += performance.now() - this.#since;
    }
  }

  timedOut(): never {
    throw new StatesError(
      'States.Runtime',
      `The regular expressions of a JSONPath did not finish within ${String(maxMs)} ms.`,
    );
  }
}
