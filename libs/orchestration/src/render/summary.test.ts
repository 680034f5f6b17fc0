import { STATE } from '@harmony/artifact';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../testing/evaluate.ts';
import { render, stateOf } from '../testing/rendered.ts';

describe('summary', () => {
  const run = (status: string, id: string) => ({ id, status });
  const lists = [
    [],
    [run('FAILED', 'a')],
    [run('SUCCEEDED', 'a')],
    [run('FAILED', 'a'), run('TIMED_OUT', 'b'), run('SUCCEEDED', 'c'), run('SKIPPED', 'd')],
  ];

  test.each(lists)('lists and counts outcomes, be there none, one or many', async (...list) => {
    const { Output } = stateOf(render(), STATE.summarise) as unknown as {
      Output: { outcomes: string; counts: Record<string, string> };
    };
    expect(await evaluate(Output.outcomes, { input: list })).toEqual(list);
    let sum = 0;
    for (const source of Object.values(Output.counts)) {
      sum += Number(await evaluate(source, { input: list }));
    }
    expect(sum).toBe(list.length);
  });

  test.each([
    [lists[0], false, ''],
    [lists[1], true, '1 of 1 targets failed: a'],
    [lists[2], false, ''],
    [lists[3], true, '2 of 4 targets failed: a, b'],
  ])('fails at the end for any that did not succeed', async (outcomes, fails, cause) => {
    const definition = render();
    const [rule] = stateOf(definition, STATE.anyFailed)['Choices'] as { Condition: string }[];
    expect(await evaluate(rule?.Condition, { input: { outcomes } })).toBe(fails);
    if (!fails) return;
    const failed = stateOf(definition, STATE.failed)['Cause'];
    expect(await evaluate(failed, { input: { outcomes } })).toBe(cause);
  });

  test('the Cause stays within 32,768 characters', async () => {
    const outcomes = Array.from({ length: 1000 }, (_, n) => run('FAILED', `${n}`.padEnd(80, 'x')));
    const cause = await evaluate(stateOf(render(), STATE.failed)['Cause'], {
      input: { outcomes },
    });
    expect(cause).toHaveLength(32_768);
  });
});
