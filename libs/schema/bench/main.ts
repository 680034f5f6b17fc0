/**
 * `nx bench schema [--pairs=N] [--seed=N]`: three discriminated unions inside of one another with one
 * bound changed (goal: below 100 ms), and many random pairs (goal: each below a second).
 */
import { diffSchemas } from '../src/compatibility/index.ts';
import type { JsonSchema } from '../src/json.ts';

const RUNS = 9;

function nested(levels: number, maximum: number): JsonSchema {
  if (levels === 0) return { type: 'integer', minimum: 0, maximum };
  const inner = nested(levels - 1, maximum);
  const options = ['a', 'b', 'c'].map((kind) => ({
    type: 'object',
    properties: { kind: { const: kind }, [`${kind}Of`]: inner },
    required: ['kind', `${kind}Of`],
    additionalProperties: false,
  }));
  return { oneOf: options };
}

for (const levels of [1, 2, 3, 4, 5]) {
  const times = Array.from({ length: RUNS }, (_, run) => {
    const [old, next] = [nested(levels, 100 + run), nested(levels, 50)];
    const start = performance.now();
    const { verdict } = diffSchemas(old, next, 'input');
    if (verdict !== 'breaking') throw new Error(`expected breaking, found ${verdict}`);
    return performance.now() - start;
  });
  const first = times[0] ?? 0;
  const median = times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
  console.log(
    `${levels} nested unions: ${median.toFixed(0)} ms (the first ${first.toFixed(0)} ms)`,
  );
}
await import('./pairs.ts');
