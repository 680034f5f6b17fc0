import { describe, expect, it } from 'vitest';
import { machine, run, shape } from '../testing/run.ts';

describe('Pass', () => {
  it('puts Result at ResultPath and keeps the rest of its raw input', async () => {
    const { result } = await run(
      machine({ P: { Type: 'Pass', InputPath: '$.a', Result: 1, ResultPath: '$.b', End: true } }),
      { input: { a: { x: 1 } } },
    );
    expect(result.output).toEqual({ a: { x: 1 }, b: 1 });
  });

  it('discards its result with ResultPath null and its output with OutputPath null', async () => {
    const { result } = await run(
      machine({
        A: { Type: 'Pass', Result: 1, ResultPath: null, Next: 'B' },
        B: { Type: 'Pass', OutputPath: null, End: true },
      }),
      { input: { kept: true } },
    );
    expect(result.output).toEqual({});
  });

  it('chains events: the first state follows no event, each later one the one before', async () => {
    const { events } = await run(
      machine({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', End: true } }),
    );
    expect(shape(events)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 PassStateEntered',
      '3<2 PassStateExited',
      '4<3 PassStateEntered',
      '5<4 PassStateExited',
      '6<5 ExecutionSucceeded',
    ]);
  });

  it('evaluates Assign and Output with the variables as they were before', async () => {
    const { result, events } = await run({
      QueryLanguage: 'JSONata',
      ...machine({
        A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' },
        B: {
          Type: 'Pass',
          Assign: { x: '{% $x + 1 %}' },
          Output: { before: '{% $x %}' },
          Next: 'C',
        },
        C: {
          Type: 'Pass',
          Output: { before: '{% $states.input.before %}', now: '{% $x %}' },
          End: true,
        },
      }),
    });
    expect(result.output).toEqual({ before: 1, now: 2 });
    expect(events[4]?.stateExitedEventDetails?.['assignedVariables']).toEqual({ x: '2' });
  });

  it('reports a failed evaluation as an event that follows what set it off', async () => {
    const { result, events } = await run({
      QueryLanguage: 'JSONata',
      ...machine({ A: { Type: 'Pass', Output: { a: '{% $nothing %}' }, End: true } }),
    });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(shape(events).slice(1)).toEqual([
      '2<0 PassStateEntered',
      '3<0 EvaluationFailed',
      '4<3 ExecutionFailed',
    ]);
    expect(events[2]?.['evaluationFailedEventDetails']).toMatchObject({
      state: 'A',
      location: 'Output/a',
    });
  });
});
