import { describe, expect, test } from 'vitest';
import { evaluate } from '../testing/evaluate.ts';
import { render, stateOf } from '../testing/rendered.ts';
import { type Debug, type Injected, STATE } from '@harmony/artifact';

/** What the orchestration's payload schema accepts. */
const PAYLOAD = { account: '1', period: { start: '2026-01-01', end: '2026-01-31' } };

describe('debug', () => {
  const gate = (input: unknown, debug: Debug = {}) => {
    const definition = render({ debug });
    const { Result } = stateOf(definition, STATE.inject) as unknown as { Result: Injected };
    const merged = { ...(input as object), orchestration: JSON.parse(JSON.stringify(Result)) };
    return { definition, states: { input: merged } };
  };
  const route = async (input: unknown, debug: Debug = {}): Promise<string> => {
    const { definition, states } = gate(input, debug);
    const check = stateOf(definition, STATE.checkDebug);
    for (const rule of check['Choices'] as { Condition: string; Next: string }[]) {
      if ((await evaluate(rule.Condition, states)) === true) {
        const fail = stateOf(definition, rule.Next);
        return `${String(fail['Error'])}: ${String(await evaluate(fail['Cause'], states))}`;
      }
    }
    return String(check['Default']);
  };
  const decide = async (debug: unknown, defaults: Debug, index: number): Promise<string> => {
    const { definition, states } = gate({ payload: PAYLOAD, debug }, defaults);
    const { Assign } = stateOf(definition, STATE.checkDebug) as unknown as {
      Assign: Record<string, string>;
    };
    const variables: Record<string, unknown> = {};
    for (const [name, source] of Object.entries(Assign)) {
      variables[name] = await evaluate(source, states);
    }
    const injected = stateOf(definition, STATE.inject)['Result'] as Injected;
    const item = { input: JSON.parse(JSON.stringify(injected.targets[index])) as unknown };
    const choice = stateOf(definition, STATE.decide);
    for (const rule of choice['Choices'] as { Condition: string; Next: string }[]) {
      if ((await evaluate(rule.Condition, item, variables)) !== true) continue;
      if (rule.Next !== STATE.skip) return rule.Next;
      const output = stateOf(definition, STATE.skip)['Output'] as { reason: string };
      return `${STATE.skip}: ${String(await evaluate(output.reason, item, variables))}`;
    }
    return String(choice['Default']);
  };

  test.each([
    [{ payload: PAYLOAD }],
    [{ payload: PAYLOAD, debug: null }],
    [{ payload: PAYLOAD, debug: {} }],
    [{ payload: PAYLOAD, debug: { skipDelays: true, only: ['echo'], disable: ['echo'] } }],
    [{ payload: PAYLOAD, debug: { only: [], disable: [] } }],
    [{ payload: PAYLOAD, debug: { only: null } }],
  ])('%j runs', async (input) => {
    expect(await route(input)).toBe(STATE.run);
  });

  test.each([
    [{}, 'payload: expected an object'],
    [{ payload: [] }, 'payload: expected an object'],
    [{ payload: PAYLOAD, debug: 'x' }, 'debug: expected an object'],
    [{ payload: PAYLOAD, debug: [{}] }, 'debug: expected an object'],
    [{ payload: PAYLOAD, debug: { onyl: [] } }, 'debug: no such switch: onyl (known: '],
    [
      { payload: PAYLOAD, debug: { skipDelays: 'yes' } },
      'debug.skipDelays: expected true or false',
    ],
    [{ payload: PAYLOAD, debug: { skipDelays: null } }, 'debug.skipDelays: expected true or false'],
    [{ payload: PAYLOAD, debug: { only: 'echo' } }, 'debug.only: expected an array of target ids'],
    [{ payload: PAYLOAD, debug: { only: [1] } }, 'debug.only: expected an array of target ids'],
    [
      { payload: PAYLOAD, debug: { only: [['echo']] } },
      'debug.only: expected an array of target ids',
    ],
    [
      { payload: PAYLOAD, debug: { disable: {} } },
      'debug.disable: expected an array of target ids',
    ],
    [
      { payload: PAYLOAD, debug: { disable: null } },
      'debug.disable: expected an array of target ids',
    ],
  ])('%j is refused: %s', async (input, problem) => {
    const result = await route(input);
    expect(result).toContain('InvalidInput: ');
    expect(result).toContain(problem);
  });

  test.each([
    [{ only: ['nobody'] }, 'nobody.'],
    [{ disable: ['nobody', 'echo'] }, 'nobody.'],
    [{ only: ['x', 'x'], disable: ['y'] }, 'x, y.'],
  ])('%j names no target', async (debug, named) => {
    const result = await route({ payload: PAYLOAD, debug });
    expect(result).toContain(
      `UnknownTarget: debug names no target of this orchestration: ${named}`,
    );
    expect(result).toContain('Its targets: actual, forecast, echo');
  });

  test('ids that look like expressions are compared, not evaluated', async () => {
    const result = await route({
      payload: PAYLOAD,
      debug: { only: ['{% $states %}', '$.x'] },
    });
    expect(result).toContain('{% $states %}, $.x.');
  });

  test.each<[string, unknown, Debug, number, string]>([
    ['a delay is kept', undefined, {}, 0, STATE.delay],
    ['a run skips delays', { skipDelays: true }, {}, 0, STATE.execute],
    ['a stage skips delays', undefined, { skipDelays: true }, 0, STATE.execute],
    ['a run brings delays back', { skipDelays: false }, { skipDelays: true }, 0, STATE.delay],
    ['without a delay', undefined, {}, 2, STATE.execute],
    ['disabled for good', undefined, {}, 1, `${STATE.skip}: disabled in the orchestration`],
    [
      'only does not enable',
      { only: ['forecast'] },
      {},
      1,
      `${STATE.skip}: disabled in the orchestration`,
    ],
    ['not in only', { only: ['echo'] }, {}, 0, `${STATE.skip}: not in only`],
    ['in only', { only: ['echo'] }, {}, 2, STATE.execute],
    ['only of none', { only: [] }, {}, 2, `${STATE.skip}: not in only`],
    ['a stage’s only', undefined, { only: ['actual'] }, 2, `${STATE.skip}: not in only`],
    ['a stage’s only undone', { only: null }, { only: ['actual'] }, 2, STATE.execute],
    ['a stage’s only replaced', { only: ['echo'] }, { only: ['actual'] }, 2, STATE.execute],
    ['a run disables', { disable: ['echo'] }, {}, 2, `${STATE.skip}: disabled in this run`],
    [
      'a stage disables',
      undefined,
      { disable: ['echo'] },
      2,
      `${STATE.skip}: disabled in the stage`,
    ],
    [
      'only keeps that',
      { only: ['echo'] },
      { disable: ['echo'] },
      2,
      `${STATE.skip}: disabled in the stage`,
    ],
    ['replaced by the run’s', { disable: ['actual'] }, { disable: ['echo'] }, 2, STATE.execute],
    [
      'key by key',
      { skipDelays: true },
      { disable: ['echo'] },
      2,
      `${STATE.skip}: disabled in the stage`,
    ],
  ])('%s', async (_, debug, defaults, index, expected) => {
    expect(await decide(debug, defaults, index)).toBe(expected);
  });
});
