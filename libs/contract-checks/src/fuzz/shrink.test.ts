import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shrinkChoices } from './shrink.ts';

test('shrinking keeps the failure and never grows the choices', async () => {
  const choices = fc.array(fc.nat(9), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(choices, fc.nat(30), async (recorded, limit) => {
      const sum = (list: readonly number[]) => list.reduce((total, each) => total + each, 0);
      fc.pre(sum(recorded) > limit);
      const smallest = await shrinkChoices(recorded, async (list) => sum(list) > limit);
      expect(sum(smallest)).toBeGreaterThan(limit);
      expect(smallest.length).toBeLessThanOrEqual(recorded.length);
      expect(sum(smallest)).toBeLessThanOrEqual(sum(recorded));
    }),
  );
});

test('a failure that needs one choice alone is brought down to it', async () => {
  const smallest = await shrinkChoices([3, 8, 1, 9, 2], async (list) =>
    list.some((each) => each > 4),
  );
  expect(smallest.filter((each) => each > 0)).toHaveLength(1);
});
