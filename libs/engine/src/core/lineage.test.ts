import { describe, expect, it } from 'vitest';
import { Engine, virtualClock, type EngineOptions } from '../index.ts';

const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:self';

function startingItself(resource: string, limits = {}, onEvent?: EngineOptions['onEvent']): Engine {
  const engine = new Engine({
    clock: virtualClock(0),
    runTask: () => Promise.reject(new Error('no Task is called')),
    limits,
    ...(onEvent !== undefined && { onEvent }),
  });
  engine.addStateMachine({
    arn: stateMachineArn,
    name: 'self',
    roleArn: 'arn:aws:iam::1:role/r',
    definition: {
      StartAt: 'Self',
      States: {
        Self: {
          Type: 'Task',
          Resource: `arn:aws:states:::states:startExecution${resource}`,
          Parameters: { StateMachineArn: stateMachineArn },
          End: true,
        },
      },
    },
  });
  return engine;
}

describe('a state machine that starts itself', () => {
  it.each(['.sync', '.sync:2'])('and waits (%s) fails by name', async (resource) => {
    const result = await startingItself(resource).startExecution({ stateMachineArn }).result;
    expect(result.status).toBe('FAILED');
    expect(result.error).toBe('States.TaskFailed');
    expect(String(result.cause).length).toBeLessThanOrEqual(32_768);
  });

  it('says at the innermost what the limit is', async () => {
    const engine = startingItself('.sync', { nestingDepth: 1 });
    const { cause } = await engine.startExecution({ stateMachineArn }).result;
    const child = JSON.parse(String(cause)) as { Error: string; Cause: string };
    expect(child.Error).toBe('StepFunctions.ExecutionLimitExceededException');
    expect(child.Cause).toContain('Does a state machine start itself?');
  });

  it('and does not wait comes to an end', async () => {
    expect(await startedBy('')).toBe(101);
  });
});

it('counts all that one execution sets off, not only how deep', async () => {
  expect(await startedBy('', { nestedExecutions: 3 })).toBe(4);
});

/** How many executions there were when nothing is left to do. */
async function startedBy(resource: string, limits = {}): Promise<number> {
  let started = 0;
  let open = 0;
  const over = Promise.withResolvers<undefined>();
  const engine = startingItself(resource, limits, ({ event }) => {
    if (event.type === 'ExecutionStarted') started += Math.sign(++open);
    if (/^Execution(Succeeded|Failed)$/.test(event.type) && --open === 0) over.resolve(undefined);
  });
  engine.startExecution({ stateMachineArn });
  await over.promise;
  return started;
}
