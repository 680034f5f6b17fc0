import fc from 'fast-check';
import { expect, it } from 'vitest';
import { randomData, randomExpression, type Choose } from '../../../fuzz/random-expression.ts';
import { ours, theirs, type Outcome } from './same-as-jsonata.fixture.ts';

/**
 * A transform that is handed on as a value: the package's functions are objects, whose members a
 * function of objects gets to see.
 */
const SHOWS_FUNCTIONS = /\|\.\$/;

/** Faults of the package's own JavaScript, and of its evaluation side by side, decide nothing. */
function comparable(outcome: Outcome): boolean {
  return !('failed' in outcome) || /^[TD]/.test(outcome.failed);
}

it('gives what the jsonata package gives, values and failures alike', async () => {
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.nat(12), async (stream, size) => {
      const numbers = stream[Symbol.iterator]();
      const choose: Choose = {
        below: (bound) => (numbers.next().value as number) % bound,
        of: (items) => items[(numbers.next().value as number) % items.length] as never,
      };
      const expression = randomExpression(choose, size);
      const input = randomData(choose, 4);
      fc.pre(!SHOWS_FUNCTIONS.test(expression));
      const expected = await theirs(expression, input);
      if (!comparable(expected)) return;
      const got = ours(expression, input);
      const both = 'failed' in expected && 'failed' in got;
      expect(both || got, expression).toEqual(both || expected);
    }),
    { numRuns: 300 },
  );
});
