import { describe, expect, it } from 'vitest';
import type { Json } from '../index.ts';
import { lambda, machine, run, shape } from '../testing/run.ts';

const each = (states: { [name: string]: Json }, rest: object = {}) =>
  machine({ M: { Type: 'Map', ItemProcessor: machine(states), End: true, ...rest } });
const pass = { P: { Type: 'Pass', End: true } };

describe('Map', () => {
  it('lets the next iteration follow the last state of the one whose place it takes', async () => {
    const { events } = await run(each(pass, { MaxConcurrency: 1 }), { input: ['a', 'b'] });
    expect(shape(events)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapIterationStarted',
      '5<4 PassStateEntered',
      '6<5 PassStateExited',
      '7<6 MapIterationSucceeded',
      '8<6 MapIterationStarted',
      '9<8 PassStateEntered',
      '10<9 PassStateExited',
      '11<10 MapIterationSucceeded',
      '12<11 MapStateSucceeded',
      '13<11 MapStateExited',
      '14<13 ExecutionSucceeded',
    ]);
  });

  it('starts concurrent iterations after MapStateStarted, each with a chain of its own', async () => {
    const two = { P: { Type: 'Pass', Next: 'Q' }, Q: { Type: 'Pass', End: true } };
    const { events } = await run(each(two), { input: ['a', 'b'] });
    const started = events.filter(({ type }) => type === 'MapIterationStarted');
    expect(started.map(({ previousEventId }) => previousEventId)).toEqual([3, 3]);
    const byId = new Map(events.map((event) => [event.id, event]));
    for (const exited of events.filter(({ type }) => type === 'PassStateExited')) {
      const entered = byId.get(exited.previousEventId);
      expect(entered?.stateEnteredEventDetails?.['name']).toBe(
        exited.stateExitedEventDetails?.['name'],
      );
      expect(entered?.stateEnteredEventDetails?.['input']).toBe(
        exited.stateExitedEventDetails?.['output'],
      );
    }
  });

  it('runs no more iterations at once than MaxConcurrency says', async () => {
    const { result } = await run(
      each({ W: { Type: 'Wait', Seconds: 10, End: true } }, { MaxConcurrency: 2 }),
      {
        input: [1, 2, 3, 4, 5],
      },
    );
    expect(result.stopDate - result.startDate).toBe(30_000);
  });

  it('runs 40 at once where MaxConcurrency says nothing, as an inline Map on AWS does', async () => {
    const { result } = await run(each({ W: { Type: 'Wait', Seconds: 10, End: true } }), {
      input: Array.from({ length: 81 }, () => 0),
    });
    expect(result.stopDate - result.startDate).toBe(30_000);
  });

  it('shows each iteration its item in the context object, to ItemSelector and inside', async () => {
    const { result } = await run(
      each(
        {
          P: { Type: 'Pass', Parameters: { 'in.$': '$', 'at.$': '$$.Map.Item.Index' }, End: true },
        },
        { ItemsPath: '$.list', ItemSelector: { 'v.$': '$$.Map.Item.Value', 'all.$': '$.name' } },
      ),
      { input: { name: 'n', list: ['a', 'b'] } },
    );
    expect(result.output).toEqual([
      { in: { v: 'a', all: 'n' }, at: 0 },
      { in: { v: 'b', all: 'n' }, at: 1 },
    ]);
  });

  it('ends with the failed iteration, aborting the others', async () => {
    const { result, events } = await run(
      each({
        Together: { Type: 'Wait', Seconds: 1, Next: 'C' },
        C: {
          Type: 'Choice',
          Choices: [{ Variable: '$', NumericEquals: 2, Next: 'F' }],
          Default: 'W',
        },
        W: { Type: 'Wait', Seconds: 60, End: true },
        F: { Type: 'Fail', Error: 'Two' },
      }),
      { input: [1, 2, 3] },
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'Two' });
    const tail = events.slice(-7).map(({ type }) => type);
    expect(tail).toEqual([
      'MapIterationFailed',
      'WaitStateAborted',
      'MapIterationAborted',
      'WaitStateAborted',
      'MapIterationAborted',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
  });

  it('stops its iterations when an ItemSelector fails, and says nothing after the end', async () => {
    const definition = each(
      { W: { Type: 'Wait', Seconds: 5, End: true } },
      { ItemSelector: { 'v.$': '$$.Map.Item.Value.v' }, MaxConcurrency: 2 },
    );
    const { result, events, all } = await run(definition, { input: [{ v: 1 }, { v: 2 }, {}] });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(all).toHaveLength(events.length);
    expect(events.at(-1)?.type).toBe('ExecutionFailed');
  });

  it('does nothing for no items', async () => {
    const { result, events } = await run(each(pass), { input: [] });
    expect(result.output).toEqual([]);
    expect(shape(events).slice(2, 5)).toEqual([
      '3<2 MapStateStarted',
      '4<3 MapStateSucceeded',
      '5<3 MapStateExited',
    ]);
  });

  it('fails where its items are no array', async () => {
    const { result } = await run(each(pass), { input: { not: 'an array' } });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('keeps the variables of one iteration from the next', async () => {
    const { result } = await run(
      each(
        {
          T: { Type: 'Task', Resource: lambda, Assign: { seen: 1 }, Next: 'P' },
          P: { Type: 'Pass', Parameters: { 'seen.$': '$seen' }, End: true },
        },
        { MaxConcurrency: 1 },
      ),
      { input: [1, 2], task: () => 'x' },
    );
    expect(result.output).toEqual([{ seen: 1 }, { seen: 1 }]);
  });

  it.each<[Json, string]>([
    [1, '1'],
    ['text', '"text"'],
    [null, 'null'],
    [{ a: 1 }, '{"a":1}'],
  ])('fails in JSONata where its input is no array: %j', async (input, shown) => {
    const { result, events } = await run(
      { QueryLanguage: 'JSONata', ...each(pass) },
      { input: input },
    );
    expect(result).toMatchObject({
      error: 'States.QueryEvaluationError',
      cause: expect.stringMatching(/Map state input must be an array but was: /) as string,
    });
    expect(result.cause?.endsWith(`but was: ${shown}`)).toBe(true);
    expect(events[2]?.['evaluationFailedEventDetails']).not.toHaveProperty('location');
  });

  it('fails in JSONata where Items gives no array', async () => {
    const of = async (Items: string) => {
      const definition = { QueryLanguage: 'JSONata', ...each(pass, { Items }) };
      return (await run(definition)).result.cause;
    };
    expect(await of('{% 1 %}')).toContain(
      "The JSONata expression '1' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was 'number' for value: 1",
    );
    expect(await of('{% function($x) { $x } %}')).toContain(
      "specified for the field 'Items' returned an unsupported result type.",
    );
  });
});
