import { describe, expect, it } from 'vitest';
import type { Json } from '@harmony/engine';
import { startLocalSystem } from '../system.ts';
import type { LocalSystemOptions } from '../system.ts';
import { testFolder } from '../testing/functions.ts';
import { testMachine, testStage } from '../testing/machines.ts';

const START = new Date('2026-01-31T08:00:00Z');
const arn = (name: string): string => `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
const task = (more: object): object => ({
  ...{ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:sqs:getQueueUrl', End: true, ...more },
});
const one = (state: object): Record<string, unknown> => ({
  ...{ QueryLanguage: 'JSONata', StartAt: 'A', States: { A: state } },
});

/** Runs the first of some machines on mocks of the state A of `child`. */
async function run(
  machines: Record<string, Record<string, unknown>>,
  answers: Record<string, unknown>,
  options: Partial<LocalSystemOptions> = {},
) {
  const TestCases = Object.fromEntries(Object.keys(answers).map((name) => [name, { A: name }]));
  const mocks = { StateMachines: { child: { TestCases } }, MockedResponses: answers };
  await using folder = await testFolder({ 'mocks.json': JSON.stringify(mocks) });
  const stage = testStage(
    Object.entries(machines).map(([name, definition]) =>
      testMachine({ name, definition, arn: arn(name), mocks: 'mocks.json' }),
    ),
  );
  await using system = await startLocalSystem({
    ...{ stage, workspaceRoot: folder.path, clock: { startTime: START }, ...options },
  });
  const report = await system.run(Object.keys(machines)[0] as string, {});
  const seconds = (Date.parse(report.stopDate) - START.getTime()) / 1000;
  return { ...report, seconds };
}

const wait = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';
const MessageBody = '{% $states.context.Task.Token %}';

describe('a mock', () => {
  it.each([
    ['TimeoutSeconds', { TimeoutSeconds: 90 }, 'States.Timeout', 90],
    [
      'HeartbeatSeconds',
      { TimeoutSeconds: 90, HeartbeatSeconds: 30, Resource: wait, Arguments: { MessageBody } },
      'States.HeartbeatTimeout',
      30,
    ],
  ])(
    'may say that nobody answers, and %s elapses on the run’s clock',
    async (_, more, error, s) => {
      const ran = await run(
        { child: one(task(more)) },
        { HappyPath: { '0': { Harmony: { NoAnswer: true } } } },
      );
      expect(ran).toMatchObject({ status: 'FAILED', error, seconds: s });
    },
  );

  it('may say that nobody answers a state without a timeout: the run is told to be stalled', async () => {
    const ran = await run(
      { child: one(task({})) },
      { HappyPath: { '0': { Harmony: { NoAnswer: true } } } },
    );
    expect(ran.error).toBe('Harmony.Stalled');
  });

  it.each([
    [{ Return: 'paid' }, { status: 'SUCCEEDED', output: 'paid' }],
    [{ Throw: { Error: 'Refused' } }, { status: 'FAILED', error: 'Refused' }],
  ])('may let a callback come after a time: %j', async (answer, expected) => {
    const state = task({ Resource: wait, Arguments: { MessageBody }, TimeoutSeconds: 100_000 });
    const after = { ...answer, Harmony: { AfterSeconds: 86_400 } };
    const ran = await run({ child: one(state) }, { HappyPath: { '0': after } });
    expect(ran).toMatchObject({ ...expected, seconds: 86_400 });
  });

  it('that would come after the timeout comes too late', async () => {
    const after = { Return: 1, Harmony: { AfterSeconds: 60 } };
    const ran = await run(
      { child: one(task({ TimeoutSeconds: 5 })) },
      { HappyPath: { '0': after } },
    );
    expect(ran).toMatchObject({ error: 'States.Timeout', seconds: 5 });
  });

  it('may answer by the parameters of the call', async () => {
    const map = {
      QueryLanguage: 'JSONata',
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          Items: [{ q: 'a', n: [1] }, { q: 'b' }, { q: 'c' }],
          ItemProcessor: one(task({ Arguments: { Q: '{% $states.input %}', More: true } })),
          End: true,
        },
      },
    };
    delete (map.States.Each.ItemProcessor as { QueryLanguage?: string }).QueryLanguage;
    const When = [
      { Parameters: { Q: { q: 'a', n: [1] } }, Return: 'first' },
      { Parameters: { Q: { q: 'b' } }, Return: 'second' },
    ];
    const all = await run(
      { child: map },
      { HappyPath: { '0-9': { Harmony: { When: [...When, { Return: 'else' }] } } } },
    );
    expect(all.output).toEqual(['first', 'second', 'else']);
    const some = await run({ child: map }, { HappyPath: { '0-9': { Harmony: { When } } } });
    expect(some.error).toBe('Harmony.NoMock');
    expect(some.cause).toContain('no answer of call 2 is for');
    expect(some.cause).toContain('"q":"c"');
  });
});

describe('a mock that is missing in a child', () => {
  it('is why its parent ends that waits for a token, and stands in the report', async () => {
    const parent = one(
      task({
        Resource: 'arn:aws:states:::states:startExecution.waitForTaskToken',
        Arguments: { StateMachineArn: arn('child'), Input: { token: MessageBody } },
      }),
    );
    const ran = await run({ parent, child: one(task({})) }, {});
    expect(ran.error).toBe('Harmony.NoMock');
    expect(ran.cause).toContain('The state "A" of child');
    expect(ran.missingMocks).toEqual([ran.cause]);
  });
});

describe('mocks of an orchestrator’s targets', () => {
  const start = (id: string): object => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::states:startExecution.sync:2',
    Arguments: { StateMachineArn: arn('child'), Input: { runId: `run-1:${id}` } },
    Retry: [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 1, IntervalSeconds: 1 }],
    Catch: [{ ErrorEquals: ['States.ALL'], Output: 'failed', Next: `${id} over` }],
    Output: '{% $states.result.Output %}',
    End: true,
  });
  const branch = (id: string): object => ({
    StartAt: id,
    States: { [id]: start(id), [`${id} over`]: { Type: 'Pass', End: true } },
  });
  const parent = one({ Type: 'Parallel', Branches: [branch('us'), branch('eu')], End: true });
  const machines = { parent, child: one(task({})) };
  const fails = { Throw: { Error: 'Down' } };

  it('may fail once across a retry that starts a new execution, each target for itself', async () => {
    const answers = { '0': fails, '1': { Return: 'up' } };
    const across = { Harmony: { CountAcross: 'Executions' }, ...answers };
    const ran = await run(machines, { HappyPath: across });
    expect(ran.output).toEqual(['up', 'up']);
    const each: { output?: Json } = await run(machines, { HappyPath: answers });
    expect(each.output).toEqual(['failed', 'failed']);
  });

  it('may be of another test case for one target', async () => {
    const answers = { HappyPath: { '0-9': { Return: 'up' } }, Declined: { '0-9': fails } };
    const casesOf = new Map([['us', 'Declined']]);
    expect((await run(machines, answers, { casesOf })).output).toEqual(['failed', 'up']);
    const unknown = run(machines, answers, { casesOf: new Map([['us', 'None']]) });
    await expect(unknown).rejects.toThrow('has the test case "None"');
  });
});
