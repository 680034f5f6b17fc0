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

/** No verdict `compatible` that a value refutes, no counterexample that is none. */
export const diff: FuzzTarget<DiffCase> = {
  name: 'diff',
  cases: fc
    .tuple(pair, fc.constantFrom<DiffCase['direction']>('input', 'output'))
    .map(([[old, next], direction]) => ({ old, next, direction })),
  check({ old, next, direction }) {
    const found = diffSchemas(old, next, direction);
    const [from, to] = direction === 'input' ? [old, next] : [next, old];
    const refuted = refute(from, to, found);
    return refuted && `${refuted.why}: ${JSON.stringify(refuted.value)}`;
  },
};

export const TARGETS = [diff] as const;
