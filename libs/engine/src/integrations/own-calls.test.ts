import { describe, expect, it } from 'vitest';
import type { Json } from '../index.ts';
import { arnOf, machine, run } from '../testing/run.ts';

/** A Task that calls Step Functions; the last state unless `rest` has a Next. */
const call = (action: string, Parameters: object, rest: object = {}): Json => ({
  Type: 'Task',
  Resource: `arn:aws:states:::aws-sdk:sfn:${action}`,
  Parameters: Parameters as Json,
  ...('Next' in rest ? {} : { End: true }),
  ...rest,
});
const child = arnOf('child');
const executionArn = 'arn:aws:states:us-east-1:123456789012:execution:child:c';
const wait = machine({ W: { Type: 'Wait', Seconds: 5, End: true } });
const failing = machine({ F: { Type: 'Fail', Error: 'Mine', Cause: 'why' } });
const started = { StateMachineArn: child, Name: 'c', Input: { a: 1 } };

describe('startExecution by the AWS SDK integration', () => {
  it('starts the engine’s own machine and goes on', async () => {
    const { result } = await run(machine({ S: call('startExecution', started) }), {
      machines: { child: wait },
    });
    expect(result.output).toEqual({
      ExecutionArn: executionArn,
      StartDate: '2026-01-31T12:00:00.000Z',
    });
  });

  it('hands on its token and waits for it', async () => {
    const parent = machine({
      S: call('startExecution.waitForTaskToken', {
        ...started,
        Input: { 'token.$': '$$.Task.Token' },
      }),
    });
    const answering = machine({
      A: call('sendTaskSuccess', { 'TaskToken.$': '$.token', Output: { done: true } }),
    });
    const { result } = await run(parent, { machines: { child: answering } });
    expect(result.output).toEqual({ done: true });
  });

  it('fails with the service’s error where there is no such machine', async () => {
    const { result } = await run(machine({ S: call('startExecution', started) }));
    expect(result).toMatchObject({ error: 'Sfn.StateMachineDoesNotExistException' });
    expect(result.cause).toMatch(
      /^State Machine Does Not Exist: '.*' \(Service: Sfn, Status Code: 400, Request ID: .*\)$/,
    );
  });
});

describe('startSyncExecution', () => {
  it('waits for an Express child and gives its end, a failure too', async () => {
    const { engine } = await run(machine({ P: { Type: 'Pass', End: true } }));
    engine.addStateMachine({
      arn: child,
      name: 'child',
      roleArn: 'r',
      type: 'EXPRESS',
      definition: failing,
    });
    engine.addStateMachine({
      arn: arnOf('parent'),
      name: 'parent',
      roleArn: 'r',
      definition: machine({ S: call('startSyncExecution', started) }),
    });
    const { output } = await engine.startExecution({ stateMachineArn: arnOf('parent') }).result;
    expect(output).toMatchObject({
      Status: 'FAILED',
      Error: 'Mine',
      Cause: 'why',
      Input: '{"a":1}',
      StateMachineArn: child,
      BillingDetails: { BilledDurationInMilliseconds: 0 },
    });
  });

  it('refuses a Standard child', async () => {
    const { result } = await run(machine({ S: call('startSyncExecution', started) }), {
      machines: { child: wait },
    });
    expect(result).toMatchObject({ error: 'Sfn.StateMachineTypeNotSupportedException' });
  });
});

describe('what an execution asks of another', () => {
  const start = (next: string): Json => call('startExecution', started, { Next: next });
  const about = { ExecutionArn: executionArn };

  it('describes it while it runs and after it ended', async () => {
    const { result } = await run(
      machine({
        S: start('D'),
        D: call('describeExecution', about, { Next: 'W', ResultPath: '$.before' }),
        W: { Type: 'Wait', Seconds: 6, Next: 'E' },
        E: call('describeExecution', about, { ResultPath: '$.after' }),
      }),
      { machines: { child: wait } },
    );
    expect(result.output).toMatchObject({
      before: { Status: 'RUNNING', Name: 'c', Input: '{"a":1}', StateMachineArn: child },
      after: {
        Status: 'SUCCEEDED',
        Output: '{"a":1}',
        OutputDetails: { Included: true },
        StopDate: '2026-01-31T12:00:05.000Z',
      },
    });
    expect(result.output).not.toHaveProperty('before.StopDate');
  });

  it('lists the executions of a machine, newest first and by status', async () => {
    const list = (more: object, rest: object) =>
      call('listExecutions', { StateMachineArn: child, ...more }, rest);
    const { result } = await run(
      machine({
        S: start('T'),
        T: call('startExecution', { ...started, Name: 'd' }, { Next: 'L' }),
        L: list({ MaxResults: 1 }, { Next: 'M', ResultPath: '$.first' }),
        M: list({ 'NextToken.$': '$.first.NextToken' }, { Next: 'N', ResultPath: '$.second' }),
        N: list({ StatusFilter: 'FAILED' }, { ResultPath: '$.failed' }),
      }),
      { machines: { child: wait } },
    );
    expect(result.output).toMatchObject({
      first: { Executions: [{ Name: 'd', Status: 'RUNNING' }], NextToken: '1' },
      second: { Executions: [{ Name: 'c' }] },
      failed: { Executions: [] },
    });
  });

  it('stops it', async () => {
    const { result, all } = await run(
      machine({ S: start('X'), X: call('stopExecution', { ...about, Error: 'Enough' }) }),
      { machines: { child: wait } },
    );
    expect(result.output).toEqual({ StopDate: '2026-01-31T12:00:00.000Z' });
    const ended = all.filter((of) => of.executionArn === executionArn).at(-1)?.event;
    expect(ended).toMatchObject({
      type: 'ExecutionAborted',
      executionAbortedEventDetails: { error: 'Enough' },
    });
  });

  it.each(['describeExecution', 'stopExecution'])(
    '%s fails where there is none',
    async (action) => {
      const { result } = await run(machine({ D: call(action, about) }));
      expect(result).toMatchObject({ error: 'Sfn.ExecutionDoesNotExistException' });
    },
  );
});

describe('a task token', () => {
  const callback = (child: Json) =>
    machine({
      P: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.waitForTaskToken',
        HeartbeatSeconds: 10,
        Parameters: { StateMachineArn: arnOf('child'), Input: { 'token.$': '$$.Task.Token' } },
        End: true,
        ...(child as object),
      },
    });
  const token = { 'TaskToken.$': '$.token' };

  it('fails the Task that waits for it', async () => {
    const child = machine({
      F: call('sendTaskFailure', { ...token, Error: 'No', Cause: 'because' }),
    });
    const { result } = await run(callback({}), { machines: { child } });
    expect(result).toMatchObject({ status: 'FAILED', error: 'No', cause: 'because' });
  });

  it('keeps the Task alive with a heartbeat', async () => {
    const beat = (Next: string) => call('sendTaskHeartbeat', token, { Next, ResultPath: null });
    const child = machine({
      W: { Type: 'Wait', Seconds: 8, Next: 'B' },
      B: beat('V'),
      V: { Type: 'Wait', Seconds: 8, Next: 'S' },
      S: call('sendTaskSuccess', { ...token, Output: '"late"' }),
    });
    const { result } = await run(callback({}), { machines: { child } });
    expect(result.output).toBe('late');
  });

  it.each(['sendTaskSuccess', 'sendTaskFailure', 'sendTaskHeartbeat'])(
    'that never was is refused by %s',
    async (action) => {
      const parameters = {
        TaskToken: 'none',
        ...(action === 'sendTaskSuccess' && { Output: '1' }),
      };
      const { result } = await run(machine({ S: call(action, parameters) }));
      expect(result).toMatchObject({ error: 'Sfn.InvalidTokenException' });
      expect(result.cause).toMatch(/^Invalid Token: 'Invalid token' \(Service: Sfn, /);
    },
  );

  it('that was answered before is refused by name, and so is an output that is no JSON', async () => {
    const child = machine({
      S: call('sendTaskSuccess', { ...token, Output: '1' }, { Next: 'T', ResultPath: null }),
      T: call('sendTaskSuccess', { ...token, Output: '1' }),
    });
    const { all } = await run(callback({}), { machines: { child } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const failed = all.map(({ event }) => event).find(({ type }) => type === 'TaskFailed');
    expect(failed?.['taskFailedEventDetails']).toMatchObject({
      error: 'Sfn.TaskTimedOutException',
    });
    const bad = machine({ S: call('sendTaskSuccess', { ...token, Output: '{' }) });
    const ran = await run(callback({ TimeoutSeconds: 20 }), { machines: { child: bad } });
    expect(
      ran.all.map(({ event }) => event['taskFailedEventDetails']).filter(Boolean),
    ).toContainEqual(expect.objectContaining({ error: 'Sfn.InvalidOutputException' }));
  });
});

describe('a mock', () => {
  it('goes before the engine’s own answer', async () => {
    const { result } = await run(machine({ S: call('startExecution', started) }), {
      interceptTask: () => true,
      task: () => 'mocked',
    });
    expect(result.output).toBe('mocked');
  });
});
