import { describe, expect, it } from 'vitest';
import { Engine, Exchange, realClock, StateMachines, virtualClock } from '../index.ts';
import type { Json, StateMachineDefinition } from '../index.ts';
import { arnOf, machine } from '../testing/run.ts';

const add = (machines: StateMachines, name: string, definition: StateMachineDefinition) =>
  machines.put({ arn: arnOf(name), name, roleArn: 'r', definition });

describe('engines that share machines and an exchange', () => {
  it('have clocks of their own, and answer each other’s tokens', async () => {
    const stateMachines = new StateMachines();
    const exchange = new Exchange();
    let token: string | undefined;
    const runTask = async ({ taskToken }: { taskToken?: string }): Promise<Json> => {
      token = taskToken;
      return {};
    };
    const Resource = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';
    add(
      stateMachines,
      'ask',
      machine({ A: { Type: 'Task', Resource, Parameters: { QueueUrl: 'q' }, End: true } }),
    );
    add(
      stateMachines,
      'answer',
      machine({
        W: { Type: 'Wait', Seconds: 3600, Next: 'S' },
        S: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:sfn:sendTaskSuccess',
          Parameters: { 'TaskToken.$': '$.token', Output: { ok: true } },
          End: true,
        },
      }),
    );
    const shared = { runTask, stateMachines, exchange, onStalled: () => {} };
    const real = new Engine({ ...shared, clock: realClock() });
    const jumping = new Engine({ ...shared, clock: virtualClock(Date.now()), seed: 1 });
    const waiting = real.startExecution({ stateMachineArn: arnOf('ask'), name: 'a' });
    await expect.poll(() => token).toBeDefined();
    jumping.startExecution({
      stateMachineArn: arnOf('answer'),
      name: 'b',
      input: { token: token as string },
    });
    expect(await waiting.result).toMatchObject({ status: 'SUCCEEDED', output: { ok: true } });
  });

  it('start what was put last; what runs keeps its definition', async () => {
    const stateMachines = new StateMachines();
    const clock = virtualClock(0);
    const engine = new Engine({ clock, stateMachines, runTask: async () => null });
    const version = (Output: string) =>
      machine({
        W: { Type: 'Wait', Seconds: 1, Next: 'P' },
        P: { Type: 'Pass', Result: Output, End: true },
      });
    add(stateMachines, 'm', version('old'));
    const before = engine.startExecution({ stateMachineArn: arnOf('m') });
    add(stateMachines, 'm', version('new'));
    const after = engine.startExecution({ stateMachineArn: arnOf('m') });
    expect([(await before.result).output, (await after.result).output]).toEqual(['old', 'new']);
    stateMachines.delete(arnOf('m'));
    expect(() => engine.startExecution({ stateMachineArn: arnOf('m') })).toThrow('Does Not Exist');
  });
});
