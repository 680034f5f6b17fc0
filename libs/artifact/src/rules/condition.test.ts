import { describe, expect, test } from 'vitest';
import { checkCondition } from './condition.ts';

const payload = { type: 'object', properties: { kind: { type: 'string' } } } as const;
const reasons = (text: unknown) => checkCondition(text, payload).map(({ reason }) => reason);
/** `kind = "0" or kind = "1" or …` */
const chain = (alternatives: number) =>
  Array.from({ length: alternatives }, (_, index) => `kind = "${index}"`).join(' or ');

describe('how deep a condition may be', () => {
  test('is what Step Functions evaluates: one alternative more than the most is refused, by its depth', () => {
    let most = 1;
    while (reasons(chain(most + 1)).length === 0) most++;
    expect(reasons(chain(most + 1))).toEqual([
      expect.stringMatching(
        /^is 101 levels deep as it is rendered, .* at most 100: .*"field in \[/,
      ),
    ]);
    // What is rendered around it takes some of the levels.
    expect(most).toBeGreaterThan(85);
    expect(most).toBeLessThan(100);
  });

  test.each([120, 1_000])('refuses %i alternatives', (alternatives) => {
    expect(reasons(chain(alternatives))[0]).toMatch(/^is \d+ levels deep/);
  });

  test('is met by a list of any length, as the message says', () => {
    const list = Array.from({ length: 500 }, (_, index) => `"${index}"`).join(', ');
    expect(reasons(`kind in [${list}]`)).toEqual([]);
  });

  test('counts brackets, too', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}kind = "x"${')'.repeat(depth)}`;
    expect(reasons(nested(20))).toEqual([]);
    expect(reasons(nested(120))[0]).toMatch(/levels deep/);
  });
});
