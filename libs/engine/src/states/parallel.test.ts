import { describe, expect, it } from 'vitest';
import { TaskFailure } from '../index.ts';
import { lambda, machine, run, shape } from '../testing/run.ts';

const pass = (name: string) => machine({ [name]: { Type: 'Pass', End: true } });
const fail = (name: string) => machine({ [name]: { Type: 'Fail', Error: 'Broken', Cause: 'why' } });
const parallel = (branches: ReturnType<typeof machine>[], rest: object = {}) =>
  machine({
    P: { Type: 'Parallel', Branches: branches, End: true, ...rest },
  });

describe('Parallel', () => {
  it('gives its branches’ outputs in their order, whichever ends first', async () => {
    const slow = machine({
      W: { Type: 'Wait', Seconds: 9, Next: 'S' },
      S: { Type: 'Pass', Result: 'slow', End: true },
    });
    const quick = machine({ Q: { Type: 'Pass', Result: 'quick', End: true } });
    const { result } = await run(parallel([slow, quick]));
    expect(result.output).toEqual(['slow', 'quick']);
  });

  it('lets every branch follow ParallelStateStarted, and the end follow the last branch', async () => {
    const { events } = await run(parallel([pass('A'), pass('B')]));
    expect(shape(events)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 ParallelStateEntered',
      '3<2 ParallelStateStarted',
      '4<3 PassStateEntered',
      '5<4 PassStateExited',
      '6<3 PassStateEntered',
      '7<6 PassStateExited',
      '8<7 ParallelStateSucceeded',
      '9<7 ParallelStateExited',
      '10<9 ExecutionSucceeded',
    ]);
  });

  it('stops the other branches when one fails, and says so before ParallelStateFailed', async () => {
    const waiting = machine({ W: { Type: 'Wait', Seconds: 9, End: true } });
    const { result, events } = await run(parallel([waiting, fail('F')]));
    expect(result).toMatchObject({ status: 'FAILED', error: 'Broken', cause: 'why' });
    expect(result.stopDate).toBe(result.startDate);
    expect(shape(events).slice(3)).toEqual([
      '4<3 WaitStateEntered',
      '5<3 FailStateEntered',
      '6<4 WaitStateAborted',
      '7<5 ParallelStateFailed',
      '8<7 ExecutionFailed',
    ]);
  });

  it('tells of an evaluation that failed once, in the state that made it', async () => {
    const broken = machine({
      B: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $error("no") %}', End: true },
    });
    const { events } = await run(parallel([broken]));
    const told = events.filter(({ type }) => type === 'EvaluationFailed');
    expect(told.map((event) => event.evaluationFailedEventDetails?.state)).toEqual(['B']);
  });

  it("tells of a Catcher's own evaluation in the state that caught", async () => {
    const catching = machine({
      T: {
        Type: 'Task',
        QueryLanguage: 'JSONata',
        Resource: lambda,
        Catch: [{ ErrorEquals: ['Flaky'], Output: '{% $error("no") %}', Next: 'T' }],
        End: true,
      },
    });
    const { events } = await run(parallel([catching]), {
      task: () => {
        throw new TaskFailure('Flaky');
      },
    });
    const told = events.filter(({ type }) => type === 'EvaluationFailed');
    expect(told.map((event) => event.evaluationFailedEventDetails?.state)).toEqual(['T']);
  });

  it('runs all branches again on Retry, without a failed event in between', async () => {
    let calls = 0;
    const task = machine({ T: { Type: 'Task', Resource: lambda, End: true } });
    const { result, events } = await run(
      parallel([task], { Retry: [{ ErrorEquals: ['Flaky'], IntervalSeconds: 2 }] }),
      {
        task: () => {
          if (++calls < 2) throw new TaskFailure('Flaky');
          return 'done';
        },
      },
    );
    expect(result.output).toEqual(['done']);
    expect(events.map(({ type }) => type)).not.toContain('ParallelStateFailed');
    expect(result.stopDate - result.startDate).toBe(2000);
  });

  it('leaves through its own Exited event when Catch takes the error', async () => {
    const { result, events } = await run(
      machine({
        P: {
          Type: 'Parallel',
          Branches: [fail('F')],
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'C' }],
          End: true,
        },
        C: { Type: 'Pass', End: true },
      }),
      { input: { kept: 1 } },
    );
    expect(result.output).toEqual({ kept: 1, error: { Error: 'Broken', Cause: 'why' } });
    expect(shape(events).slice(3, 6)).toEqual([
      '4<3 FailStateEntered',
      '5<4 ParallelStateFailed',
      '6<5 ParallelStateExited',
    ]);
  });

  it('lets a branch read the variables around it, and keeps its own to itself', async () => {
    const branch = machine({
      B: { Type: 'Pass', Assign: { mine: 2 }, Next: 'Read' },
      Read: { Type: 'Pass', Parameters: { 'outer.$': '$outer', 'mine.$': '$mine' }, End: true },
    });
    const { result } = await run(
      machine({
        A: { Type: 'Pass', Assign: { outer: 1 }, Next: 'P' },
        P: { Type: 'Parallel', Branches: [branch], End: true },
      }),
    );
    expect(result.output).toEqual([{ outer: 1, mine: 2 }]);
  });
});
