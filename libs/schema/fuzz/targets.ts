import fc from 'fast-check';
import { diffSchemas } from '../src/compatibility/index.ts';
import type { JsonSchema } from '../src/json.ts';
import { refute } from '../src/testing/refutes.ts';
import { pair } from '../src/testing/schemas.ts';

/** Something that is tried with random cases. */
export interface FuzzTarget<T> {
  readonly name: string;
  /** Cases are JSON: what failed is saved and run again by a test. */
  readonly cases: fc.Arbitrary<T>;
  /** What is wrong; undefined where nothing is. */
  readonly check: (value: T) => string | undefined;
}

interface DiffCase {
  readonly old: JsonSchema;
  readonly next: JsonSchema;
  readonly direction: 'input' | 'output';
}

/** A pair that takes this long is a failure, in milliseconds of the processor. */
const MAX_TIME = 1_000;

/** No verdict `compatible` that a value refutes, no counterexample that is none, no pair too slow. */
export const diff: FuzzTarget<DiffCase> = {
  name: 'diff',
  cases: fc
    .tuple(pair, fc.constantFrom<DiffCase['direction']>('input', 'output'))
    .map(([[old, next], direction]) => ({ old, next, direction })),
  check({ old, next, direction }) {
    const before = process.cpuUsage();
    const found = diffSchemas(old, next, direction);
    const { user, system } = process.cpuUsage(before);
    const [from, to] = direction === 'input' ? [old, next] : [next, old];
    const refuted = refute(from, to, found);
    if (refuted) return `${refuted.why}: ${JSON.stringify(refuted.value)}`;
    const time = (user + system) / 1000;
    return time > MAX_TIME ? `took ${time.toFixed(0)} ms` : undefined;
  },
};

export const TARGETS = [diff] as const;
