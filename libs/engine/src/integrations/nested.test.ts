import { describe, expect, it } from 'vitest';
import type { Json } from '../index.ts';
import { arnOf, engineWith, machine, run, start } from '../testing/run.ts';

const parent = (pattern: string, fields: object = {}, more: { [name: string]: Json } = {}) =>
  machine({
    Start: {
      Type: 'Task',
      Resource: `arn:aws:states:::states:startExecution${pattern}`,
      Parameters: { StateMachineArn: arnOf('child'), Name: 'c', Input: { a: 1 } },
      End: true,
      ...fields,
    },
    ...more,
  });
const child = machine({ W: { Type: 'Wait', Seconds: 5, End: true } });
const failing = machine({ F: { Type: 'Fail', Error: 'Mine', Cause: 'not {json' } });
const childArn = 'arn:aws:states:us-east-1:123456789012:execution:child:c';

describe('startExecution', () => {
  it('goes on at once without a pattern, and the child runs on', async () => {
    const { result, all } = await run(parent(''), { machines: { child } });
    expect(result.output).toMatchObject({ ExecutionArn: childArn, StartDate: start / 1000 });
    expect(result.stopDate).toBe(start);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(all.at(-1)).toMatchObject({
      executionArn: childArn,
      event: { type: 'ExecutionSucceeded' },
    });
  });

  it('gives with .sync:2 the envelope with Input and Output as JSON', async () => {
    const { result, events } = await run(parent('.sync:2'), { machines: { child } });
    expect(result.output).toEqual({
      ExecutionArn: childArn,
      Input: { a: 1 },
      InputDetails: { Included: true },
      Name: 'c',
      Output: { a: 1 },
      OutputDetails: { Included: true },
      StartDate: start,
      StateMachineArn: arnOf('child'),
      Status: 'SUCCEEDED',
      StopDate: start + 5000,
    });
    expect(events.map(({ type }) => type).slice(2, 6)).toEqual([
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
    ]);
  });

  it('gives with .sync Input and Output as text', async () => {
    const { result } = await run(parent('.sync'), { machines: { child } });
    expect(result.output).toMatchObject({ Input: '{"a":1}', Output: '{"a":1}' });
  });

  it('fails with States.TaskFailed and the envelope as cause, whatever the child’s own error', async () => {
    const { result } = await run(parent('.sync:2'), { machines: { child: failing } });
    expect(result.error).toBe('States.TaskFailed');
    expect(JSON.parse(result.cause ?? '')).toMatchObject({
      Error: 'Mine',
      Cause: 'not {json',
      ExecutionArn: childArn,
      Status: 'FAILED',
    });
  });

  it('names a state machine that does not exist', async () => {
    const { result } = await run(parent('.sync:2'));
    expect(result.error).toBe('StepFunctions.StateMachineDoesNotExistException');
    expect(result.cause).toContain(arnOf('child'));
  });

  it('names an execution name that is taken', async () => {
    const { result } = await run(
      machine({
        One: {
          ...(parent('.sync').States as { Start: object }).Start,
          ResultPath: null,
          End: undefined as never,
          Next: 'Two',
        },
        Two: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.sync',
          Parameters: { StateMachineArn: arnOf('child'), Name: 'c', Input: { other: 1 } },
          End: true,
        },
      }),
      { machines: { child } },
    );
    expect(result.error).toBe('StepFunctions.ExecutionAlreadyExistsException');
  });

  it('stops the child when the parent is stopped', async () => {
    const { engine, all } = engineWith(parent('.sync:2'), {
      machines: { child },
      onEvent({ event }) {
        if (event.type === 'WaitStateEntered') queueMicrotask(() => execution.stop('Enough'));
      },
    });
    const execution = engine.startExecution({ stateMachineArn: arnOf('main') });
    expect(await execution.result).toMatchObject({ status: 'ABORTED', error: 'Enough' });
    expect(all.filter(({ executionArn }) => executionArn === childArn).at(-1)?.event.type).toBe(
      'ExecutionAborted',
    );
  });

  it('lets runTask answer where interceptTask says so', async () => {
    const { result } = await run(parent('.sync:2'), {
      interceptTask: ({ stateName }) => stateName === 'Start',
      task: () => ({ Output: 'mocked' }),
    });
    expect(result.output).toEqual({ Output: 'mocked' });
  });
});
