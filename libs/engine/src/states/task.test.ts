import { describe, expect, it } from 'vitest';
import { TaskFailure, type Json } from '../index.ts';
import { lambda, machine, run, shape } from '../testing/run.ts';

const invoke = 'arn:aws:states:::lambda:invoke';
const task = (fields: object, more: { [name: string]: Json } = {}) =>
  machine({ T: { Type: 'Task', Resource: invoke, End: true, ...fields }, ...more });
const throwing = (error: string, cause?: string) => () => {
  throw new TaskFailure(error, cause);
};

describe('Task', () => {
  it('shows a service call as scheduled, started and succeeded, with its parameters', async () => {
    const { result, events } = await run(
      task({ Parameters: { 'FunctionName.$': '$.f' }, ResultSelector: { 'got.$': '$.Payload' } }),
      { input: { f: 'fn' }, task: ({ input }) => ({ Payload: input }) },
    );
    expect(result.output).toEqual({ got: { FunctionName: 'fn' } });
    expect(shape(events).slice(2, 6)).toEqual([
      '3<2 TaskScheduled',
      '4<3 TaskStarted',
      '5<4 TaskSucceeded',
      '6<5 TaskStateExited',
    ]);
    expect(events[2]?.['taskScheduledEventDetails']).toEqual({
      resourceType: 'lambda',
      resource: 'invoke',
      region: 'us-east-1',
      parameters: '{"FunctionName":"fn"}',
    });
  });

  it('shows a function called by its ARN in the events of Lambda', async () => {
    const { events } = await run(machine({ T: { Type: 'Task', Resource: lambda, End: true } }), {
      task: () => 1,
    });
    expect(shape(events).slice(2, 5)).toEqual([
      '3<2 LambdaFunctionScheduled',
      '4<3 LambdaFunctionStarted',
      '5<4 LambdaFunctionSucceeded',
    ]);
  });

  it('waits longer before each retry, never longer than MaxDelaySeconds', async () => {
    const { result, events } = await run(
      task({
        Retry: [
          {
            ErrorEquals: ['States.ALL'],
            IntervalSeconds: 3,
            BackoffRate: 2,
            MaxAttempts: 3,
            MaxDelaySeconds: 5,
          },
        ],
      }),
      { task: throwing('Busy') },
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'Busy' });
    const times = events
      .filter(({ type }) => type === 'TaskScheduled')
      .map(({ timestamp }) => timestamp - result.startDate);
    expect(times).toEqual([0, 3000, 8000, 13_000]);
  });

  it('counts attempts per Retrier and shows the count in the context object', async () => {
    const counts: Json[] = [];
    const { result } = await run(
      task({
        Parameters: { 'n.$': '$$.State.RetryCount' },
        Retry: [
          { ErrorEquals: ['A'], MaxAttempts: 1 },
          { ErrorEquals: ['B'], MaxAttempts: 1 },
        ],
      }),
      {
        task: ({ input, attempt }) => {
          counts.push(input);
          throw new TaskFailure(attempt % 2 === 0 ? 'A' : 'B');
        },
      },
    );
    expect(counts).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
    expect(result.error).toBe('A');
  });

  it('does not retry with MaxAttempts 0, nor ask the Retriers after the one that matches', async () => {
    let calls = 0;
    await run(
      task({
        Retry: [
          { ErrorEquals: ['Busy'], MaxAttempts: 0 },
          { ErrorEquals: ['States.ALL'], MaxAttempts: 3 },
        ],
      }),
      {
        task: () => {
          calls++;
          throw new TaskFailure('Busy');
        },
      },
    );
    expect(calls).toBe(1);
  });

  it('puts the error at a Catcher’s ResultPath, and skips OutputPath', async () => {
    const { result } = await run(
      task(
        {
          OutputPath: '$.no.such',
          Catch: [
            { ErrorEquals: ['Other'], Next: 'C' },
            { ErrorEquals: ['States.TaskFailed'], ResultPath: '$.e', Next: 'C' },
          ],
        },
        { C: { Type: 'Pass', End: true } },
      ),
      { input: { kept: 1 }, task: throwing('Mine', 'so') },
    );
    expect(result.output).toEqual({ kept: 1, e: { Error: 'Mine', Cause: 'so' } });
  });

  it('never lets a Catch take States.Runtime: the execution fails', async () => {
    const { result } = await run(
      task(
        {
          OutputPath: '$.no.such',
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'C' }],
        },
        { C: { Type: 'Pass', End: true } },
      ),
      { task: () => ({}) },
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('lets States.Timeout, not States.TaskFailed, catch a timeout', async () => {
    const { result, events } = await run(
      task(
        {
          TimeoutSeconds: 7,
          Catch: [
            { ErrorEquals: ['States.TaskFailed'], Next: 'Wrong' },
            { ErrorEquals: ['States.Timeout'], Next: 'Right' },
          ],
        },
        { Wrong: { Type: 'Fail' }, Right: { Type: 'Pass', End: true } },
      ),
      {
        task: (request) => {
          request.park();
          return new Promise<Json>(() => {});
        },
      },
    );
    expect(result.status).toBe('SUCCEEDED');
    expect(result.stopDate - result.startDate).toBe(7000);
    expect(events.map(({ type }) => type)).toContain('TaskTimedOut');
  });

  it('aborts the signal of a Task that timed out', async () => {
    let aborted = false;
    await run(task({ TimeoutSecondsPath: '$.t' }), {
      input: { t: 2 },
      task: (request) => {
        request.signal.addEventListener('abort', () => (aborted = true));
        request.park();
        return new Promise<Json>(() => {});
      },
    });
    expect(aborted).toBe(true);
  });

  it('does not abort the signal of a Task that has answered', async () => {
    const signals: AbortSignal[] = [];
    await run(task({}), {
      task: (request) => {
        signals.push(request.signal);
        return 1;
      },
    });
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });

  it('holds the clock while a Task is being answered', async () => {
    const { result } = await run(task({ TimeoutSeconds: 1 }), {
      task: () => new Promise((resolve) => setTimeout(() => resolve('slow'), 20)),
    });
    expect(result.output).toBe('slow');
    expect(result.stopDate).toBe(result.startDate);
  });

  it('fails a Task whose result is over 256 KiB, naming the service', async () => {
    const { result, events } = await run(task({}), { task: () => 'x'.repeat(262_144) });
    expect(result.error).toBe('States.DataLimitExceeded');
    expect(result.cause).toContain("'lambda'");
    expect(events.map(({ type }) => type)).toContain('TaskFailed');
  });

  it('hands Credentials and the context to the Task, and takes nothing back through its input', async () => {
    const input = { nested: { value: 1 } };
    const { result } = await run(
      task({ Credentials: { RoleArn: 'arn:aws:iam::1:role/x' }, ResultPath: null }),
      {
        input,
        task: (request) => {
          expect(request.credentials).toEqual({ RoleArn: 'arn:aws:iam::1:role/x' });
          expect(request.context['State']).toMatchObject({ Name: 'T', RetryCount: 0 });
          (request.input as { nested: { value: number } }).nested.value = 2;
          return null;
        },
      },
    );
    expect(result.output).toEqual({ nested: { value: 1 } });
  });

  it('calls what is no TaskFailure States.TaskFailed', async () => {
    const { result } = await run(task({}), {
      task: () => {
        throw new Error('boom');
      },
    });
    expect(result).toMatchObject({ error: 'States.TaskFailed', cause: 'boom' });
  });
});
