import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OrchestrationError } from '../errors.ts';
import type { OnTargetFailure } from '@harmony/artifact';
import { target } from '../target.ts';
import { billing, echo } from '../testing/children.ts';
import { processor, render, stateOf } from '../testing/rendered.ts';
import type { Chart } from '../testing/rendered.ts';
import { type Injected, STATE, type State } from '@harmony/artifact';

const POLICIES: OnTargetFailure[] = ['abort', 'failAtEnd', 'continue'];

/** Names of the states that a chart's transitions lead to. */
function nextsOf(state: State): string[] {
  const next = (value: unknown) => (value as { Next?: string }).Next;
  const lists = [state['Choices'], state['Catch']].flatMap((list) => (list as unknown[]) ?? []);
  return [next(state), state['Default'], ...lists.map(next)].filter(
    (name) => typeof name === 'string',
  );
}

describe('structure', () => {
  test.each(POLICIES)(
    'every state is reachable and every transition leads somewhere: %s',
    (policy) => {
      const definition = render({ onTargetFailure: policy });
      for (const chart of [definition as Chart, processor(definition)]) {
        const reached = new Set<string>();
        const queue = [chart.StartAt];
        for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
          if (reached.has(name)) continue;
          reached.add(name);
          expect(Object.keys(chart.States)).toContain(name);
          queue.push(...nextsOf(chart.States[name] as State));
        }
        expect([...reached].sort()).toEqual(Object.keys(chart.States).sort());
      }
    },
  );

  test.each(POLICIES)(
    'each state names its query language, and only one is JSONPath: %s',
    (policy) => {
      const definition = render({ onTargetFailure: policy });
      const states = { ...definition.States, ...processor(definition).States };
      const { [STATE.inject]: inject, ...others } = states;
      expect(definition.QueryLanguage).toBe('JSONPath');
      expect(inject).toMatchObject({ Type: 'Pass', QueryLanguage: 'JSONPath' });
      for (const state of Object.values(others)) expect(state['QueryLanguage']).toBe('JSONata');
    },
  );

  test('no Lambda function takes part: the one Task starts a child and waits for it', () => {
    const definition = render();
    const states = Object.values({ ...definition.States, ...processor(definition).States });
    const tasks = states.filter(({ Type }) => Type === 'Task');
    expect(tasks.map((task) => task['Resource'])).toEqual([
      'arn:aws:states:::states:startExecution.sync:2',
    ]);
    expect(tasks[0]?.['Arguments']).not.toHaveProperty('Name');
  });

  test('a target costs two transitions, three with a delay', () => {
    const chart = processor(render());
    expect(chart.StartAt).toBe(STATE.decide);
    expect(chart.States[chart.StartAt]?.['Default']).toBe(STATE.execute);
    expect(chart.States[STATE.delay]?.['Next']).toBe(STATE.execute);
    expect(chart.States[STATE.execute]?.['End']).toBe(true);
  });

  test('what no target uses is not rendered', () => {
    const plain = [target(billing, { id: 'a', configuration: { thresholds: [1] }, delay: 0 })];
    const { States } = processor(render({ list: plain, onTargetFailure: 'abort' }));
    expect(Object.keys(States)).toEqual([STATE.decide, STATE.skip, STATE.execute]);
    expect(JSON.stringify(States)).not.toContain('keepOutput');
  });

  test('abort catches nothing, so that Step Functions stops the other children', () => {
    expect(stateOf(render({ onTargetFailure: 'abort' }), STATE.execute)).not.toHaveProperty(
      'Catch',
    );
    expect(stateOf(render({ onTargetFailure: 'continue' }), STATE.execute)).toHaveProperty('Catch');
  });

  test('is a pure function: the same arguments give the same text', () => {
    expect(JSON.stringify(render())).toBe(JSON.stringify(render()));
  });

  test('MaxConcurrency is the orchestration’s', () => {
    expect(stateOf(render(), STATE.run)['MaxConcurrency']).toBe(5);
  });
});

describe('the literal list', () => {
  test('holds of each target what the machine needs', () => {
    const { targets: list } = stateOf(render(), STATE.inject)['Result'] as Injected;
    expect(list).toEqual([
      {
        id: 'actual',
        child: 'billing',
        stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:dev-billing',
        configuration: { thresholds: [80] },
        delay: 60,
      },
      expect.objectContaining({ id: 'forecast', disableTarget: true }),
      expect.objectContaining({ id: 'echo', keepOutput: true, configuration: {} }),
    ]);
  });

  const lookalikes = [
    '{% 1 %}',
    '$.x',
    '$$.Execution.Id',
    'States.UUID()',
    '${AWS::Region}',
    '${Foo}',
  ];
  const text = fc.oneof(fc.constantFrom(...lookalikes), fc.string());
  const key = fc
    .oneof(fc.constantFrom('a.$', 'x.$', 'States.Format'), fc.string())
    .filter((name) => name !== '__proto__');
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.constantFrom(null, true, 0, -1.5, 1e21),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 3 }),
    ),
  }));

  test('holds every configuration as it was written, under Result, where nothing is evaluated', () => {
    fc.assert(
      fc.property(json.value, (value) => {
        const list = [target(echo, { id: 'a', configuration: { value } })];
        const definition = render({ list: list });
        const { targets: rendered } = stateOf(definition, STATE.inject)['Result'] as Injected;
        expect(JSON.stringify(rendered[0]?.configuration)).toBe(JSON.stringify({ value }));
        const others = { ...definition.States, [STATE.inject]: null };
        const plain = render({ list: [target(echo, { id: 'a', configuration: {} })] });
        expect(others).toEqual({ ...plain.States, [STATE.inject]: null });
      }),
      { numRuns: 200 },
    );
  });
});

test('defaults that name no target are refused when rendering', () => {
  expect(() => render({ debug: { only: ['echo', 'nobody'] } })).toThrow(OrchestrationError);
  expect(() => render({ debug: { disable: ['nobody'] } })).toThrow('debug.disable[0]: "nobody"');
});
