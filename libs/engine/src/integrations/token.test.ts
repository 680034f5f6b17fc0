import { describe, expect, it } from 'vitest';
import { EngineError, type Engine, type Json } from '../index.ts';
import {
  arnOf,
  engineWith,
  machine,
  run,
  shape,
  eventsOf,
  type RunOptions,
} from '../testing/run.ts';

const publish = (fields: object = {}) =>
  machine({
    T: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { 'MessageBody.$': '$$.Task.Token' },
      End: true,
      ...fields,
    },
  });

/** Runs `main`; `use` gets the token once the message was sent. */
async function withToken(
  definition: ReturnType<typeof machine>,
  use: (engine: Engine, token: string) => void,
  options: RunOptions = {},
) {
  const { engine, all } = engineWith(definition, {
    ...options,
    task: (request) => {
      expect(request.input).toEqual({ MessageBody: request.taskToken });
      setImmediate(() => use(engine, request.taskToken ?? ''));
      return { MessageId: 'm' };
    },
    onStalled: () => {},
  });
  const execution = engine.startExecution({ stateMachineArn: arnOf('main') });
  const result = await execution.result;
  return { result, events: eventsOf(all, execution.arn) };
}

describe('.waitForTaskToken', () => {
  it('ends with what SendTaskSuccess brings', async () => {
    const { result, events } = await withToken(publish(), (engine, token) =>
      engine.sendTaskSuccess(token, { ok: true }),
    );
    expect(result.output).toEqual({ ok: true });
    expect(shape(events).slice(2, 6)).toEqual([
      '3<2 TaskScheduled',
      '4<3 TaskStarted',
      '5<4 TaskSubmitted',
      '6<5 TaskSucceeded',
    ]);
  });

  it('fails with what SendTaskFailure brings', async () => {
    const { result } = await withToken(publish(), (engine, token) =>
      engine.sendTaskFailure(token, { error: 'No', cause: 'because' }),
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'No', cause: 'because' });
  });

  it('times out without a heartbeat', async () => {
    const { result } = await withToken(
      publish({ HeartbeatSeconds: 10, TimeoutSeconds: 99 }),
      () => {},
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.HeartbeatTimeout' });
    expect(result.stopDate - result.startDate).toBe(10_000);
  });

  it('refuses a token that was answered', async () => {
    let refused: unknown;
    await withToken(publish(), (engine, token) => {
      engine.sendTaskSuccess(token, 1);
      try {
        engine.sendTaskSuccess(token, 2);
      } catch (error) {
        refused = error;
      }
    });
    expect(refused).toBeInstanceOf(EngineError);
    expect(refused).toMatchObject({ code: 'TaskDoesNotExist' });
  });

  it('is reported when nobody will ever answer', async () => {
    const { result } = await run(publish(), { task: () => null });
    expect(result).toMatchObject({ status: 'ABORTED', error: 'Engine.Stalled' });
    expect(result.cause).toContain('T');
  });
});

describe('an activity', () => {
  const activity = 'arn:aws:states:us-east-1:123456789012:activity:work';
  const definition = machine({
    A: { Type: 'Task', Resource: activity, HeartbeatSeconds: 5, End: true },
  });

  it('waits for a worker, then for its answer, kept alive by heartbeats', async () => {
    const { engine, all } = engineWith(definition, { onStalled: () => {} });
    const execution = engine.startExecution({ stateMachineArn: arnOf('main'), input: { n: 1 } });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const task = engine.getActivityTask(activity, 'worker-1');
    expect(JSON.parse(task?.input ?? '')).toEqual({ n: 1 });
    engine.sendTaskHeartbeat(task?.taskToken ?? '');
    engine.sendTaskSuccess(task?.taskToken ?? '', 'done');
    expect(await execution.result).toMatchObject({ status: 'SUCCEEDED', output: 'done' });
    expect(shape(eventsOf(all, execution.arn)).slice(2, 5)).toEqual([
      '3<2 ActivityScheduled',
      '4<3 ActivityStarted',
      '5<4 ActivitySucceeded',
    ]);
    expect(engine.getActivityTask(activity)).toBeUndefined();
  });

  it('times out when its worker falls silent', async () => {
    const { engine } = engineWith(definition, { onStalled: () => {} });
    const execution = engine.startExecution({ stateMachineArn: arnOf('main') });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(engine.getActivityTask(activity)).toBeDefined();
    const result = await execution.result;
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.HeartbeatTimeout' });
  });

  it('is given out once', async () => {
    const { engine } = engineWith(definition, { onStalled: () => {} });
    const execution = engine.startExecution({ stateMachineArn: arnOf('main') });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const tasks: Json[] = [0, 1].map(() => engine.getActivityTask(activity) !== undefined);
    expect(tasks).toEqual([true, false]);
    execution.stop();
    expect((await execution.result).status).toBe('ABORTED');
  });
});
