import { setTimeout as sleep } from 'node:timers/promises';
import * as sfn from '@aws-sdk/client-sfn';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from './index.ts';
import { arnOf, clientOf, stageOf, testServer } from './testing/server.ts';
import type { TestServer } from './testing/server.ts';

const pass = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };
const waits = (Seconds: number) => ({
  StartAt: 'W',
  States: { W: { Type: 'Wait', Seconds, End: true } },
});
const fails = { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Mine', Cause: 'why' } } };
const activityArn = 'arn:aws:states:us-east-1:123456789012:activity:work';
const works = {
  StartAt: 'A',
  States: { A: { Type: 'Task', Resource: activityArn, HeartbeatSeconds: 60, End: true } },
};
const maps = {
  StartAt: 'M',
  States: {
    M: {
      Type: 'Map',
      Label: 'each',
      MaxConcurrency: 2,
      ToleratedFailureCount: 1,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'C',
        States: {
          C: {
            Type: 'Choice',
            Choices: [{ Variable: '$', NumericEquals: 2, Next: 'F' }],
            Default: 'P',
          },
          F: { Type: 'Fail', Error: 'Two' },
          P: { Type: 'Pass', End: true },
        },
      },
      End: true,
    },
  },
};
const stage = stageOf({ pass, hour: waits(3600), fails, works, maps });

let test: TestServer;
let client: SFNClient;
beforeAll(async () => {
  test = await testServer(stage);
  ({ client } = test);
});
afterAll(() => test[Symbol.asyncDispose]());

const send = <Input extends object, Output extends object>(
  Command: new (input: Input) => sfn.$Command<Input, Output, never>,
  input: Input,
): Promise<Output> => client.send(new Command(input) as never) as Promise<Output>;

const start = (name: string, more: Partial<sfn.StartExecutionInput> = {}) =>
  send(sfn.StartExecutionCommand, { stateMachineArn: arnOf(name), ...more }) as Promise<{
    executionArn: string;
  }>;
const describeIt = (executionArn: string) => send(sfn.DescribeExecutionCommand, { executionArn });
const ended = async (executionArn: string) => {
  await expect.poll(async () => (await describeIt(executionArn)).status).not.toBe('RUNNING');
  return describeIt(executionArn);
};
const refused = (name: string) => expect.objectContaining({ name });

describe('an execution', () => {
  it('starts, is described, listed and has AWS’s history', async () => {
    const { executionArn } = await start('pass', { name: 'one', input: '{"a":1}' });
    expect(await ended(executionArn)).toMatchObject({
      name: 'one',
      stateMachineArn: arnOf('pass'),
      status: 'SUCCEEDED',
      input: '{"a":1}',
      output: '{"a":1}',
      startDate: expect.any(Date) as Date,
      stopDate: expect.any(Date) as Date,
    });
    const { events } = await send(sfn.GetExecutionHistoryCommand, { executionArn });
    expect(events?.map(({ type, id }) => [id, type])).toEqual([
      [1, 'ExecutionStarted'],
      [2, 'PassStateEntered'],
      [3, 'PassStateExited'],
      [4, 'ExecutionSucceeded'],
    ]);
    expect(events?.[0]?.timestamp).toBeInstanceOf(Date);
    const reversed = await send(sfn.GetExecutionHistoryCommand, {
      executionArn,
      reverseOrder: true,
      maxResults: 1,
      includeExecutionData: false,
    });
    expect(reversed.events).toMatchObject([{ id: 4, executionSucceededEventDetails: {} }]);
    expect(reversed.events?.[0]?.executionSucceededEventDetails).not.toHaveProperty('output');
    expect(reversed.nextToken).toEqual(expect.any(String));
  });

  it('is the same one for the same name and input while it runs, else refused', async () => {
    const first = await start('hour', { name: 'same', input: '{}' });
    const retried = await start('hour', { name: 'same', input: '{}' });
    expect(retried.executionArn).toBe(first.executionArn);
    const other = start('hour', { name: 'same', input: '{"b":1}' });
    await expect(other).rejects.toEqual(refused('ExecutionAlreadyExists'));
    const stopped = await send(sfn.StopExecutionCommand, {
      executionArn: first.executionArn,
      error: 'Enough',
      cause: 'of it',
    });
    expect(stopped.stopDate).toBeInstanceOf(Date);
    expect(await describeIt(first.executionArn)).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'of it',
    });
    const again = start('hour', { name: 'same', input: '{}' });
    await expect(again).rejects.toEqual(refused('ExecutionAlreadyExists'));
  });

  it('that failed is redriven', async () => {
    const { executionArn } = await start('fails');
    expect(await ended(executionArn)).toMatchObject({ status: 'FAILED', error: 'Mine' });
    const { redriveDate } = await send(sfn.RedriveExecutionCommand, { executionArn });
    expect(redriveDate).toBeInstanceOf(Date);
    expect(await ended(executionArn)).toMatchObject({ status: 'FAILED', redriveCount: 1 });
    const gone = await start('pass');
    await ended(gone.executionArn);
    await expect(send(sfn.RedriveExecutionCommand, gone)).rejects.toEqual(
      refused('ExecutionNotRedrivable'),
    );
  });

  it('is listed by machine and status, in pages', async () => {
    for (let n = 0; n < 3; n++) await ended((await start('fails', { name: `f${n}` })).executionArn);
    const list = (more: object) =>
      send(sfn.ListExecutionsCommand, { stateMachineArn: arnOf('fails'), maxResults: 2, ...more });
    const first = await list({ statusFilter: 'FAILED' });
    expect(first.executions?.map(({ name }) => name)).toEqual(['f2', 'f1']);
    const second = await list({ nextToken: first.nextToken });
    expect(second.executions?.[0]?.name).toBe('f0');
    expect((await list({ statusFilter: 'SUCCEEDED' })).executions).toEqual([]);
    await expect(list({ nextToken: '???' })).rejects.toEqual(refused('InvalidToken'));
  });

  it.each([
    ['StateMachineDoesNotExist', () => start('nowhere')],
    ['InvalidExecutionInput', () => start('pass', { input: '{' })],
    ['InvalidName', () => start('pass', { name: 'a b' })],
    ['ValidationException', () => start('pass', { stateMachineArn: undefined })],
    ['ExecutionDoesNotExist', () => describeIt('arn:aws:states:us-east-1:1:execution:a:b')],
    ['UnknownOperationException', () => send(sfn.UpdateMapRunCommand, { mapRunArn: 'a' })],
  ])('is refused as %s', async (name, call) => {
    await expect(call()).rejects.toEqual(refused(name));
  });
});

describe('an Express state machine', () => {
  it('runs while its caller waits', async () => {
    const made = await send(sfn.CreateStateMachineCommand, {
      name: 'quick',
      type: 'EXPRESS',
      roleArn: 'arn:aws:iam::123456789012:role/r',
      definition: JSON.stringify(pass),
    });
    const { stateMachineArn } = made;
    expect(
      await send(sfn.StartSyncExecutionCommand, { stateMachineArn, input: '{"x":2}' }),
    ).toMatchObject({ status: 'SUCCEEDED', output: '{"x":2}', billingDetails: {} });
    const standard = send(sfn.StartSyncExecutionCommand, { stateMachineArn: arnOf('pass') });
    await expect(standard).rejects.toEqual(refused('StateMachineTypeNotSupported'));
  });
});

describe('a state machine made through the API', () => {
  const roleArn = 'arn:aws:iam::123456789012:role/r';
  const result = (Result: string) => ({
    StartAt: 'P',
    States: { P: { Type: 'Pass', Result, End: true } },
  });

  it('lives beside the workspace’s, is changed, versioned, aliased, tagged and deleted', async () => {
    const definition = JSON.stringify(result('one'));
    const made = await send(sfn.CreateStateMachineCommand, { name: 'mine', roleArn, definition });
    const { stateMachineArn } = made as { stateMachineArn: string };
    const listed = await send(sfn.ListStateMachinesCommand, {});
    expect(listed.stateMachines?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['pass', 'mine']),
    );
    const one = await send(sfn.PublishStateMachineVersionCommand, { stateMachineArn });
    expect(one.stateMachineVersionArn).toBe(`${stateMachineArn}:1`);
    const updated = await send(sfn.UpdateStateMachineCommand, {
      stateMachineArn,
      definition: JSON.stringify(result('two')),
      publish: true,
    });
    expect(updated.stateMachineVersionArn).toBe(`${stateMachineArn}:2`);
    const versions = await send(sfn.ListStateMachineVersionsCommand, { stateMachineArn });
    expect(versions.stateMachineVersions).toHaveLength(2);
    const route = (version: string | undefined) => [
      { stateMachineVersionArn: version, weight: 100 },
    ];
    const alias = await send(sfn.CreateStateMachineAliasCommand, {
      name: 'live',
      routingConfiguration: route(one.stateMachineVersionArn),
    });
    const { stateMachineAliasArn = '' } = alias;
    const run = async (arn: string) =>
      ended((await start('', { stateMachineArn: arn })).executionArn);
    expect(await run(stateMachineAliasArn)).toMatchObject({
      output: '"one"',
      stateMachineArn,
      stateMachineAliasArn,
      stateMachineVersionArn: `${stateMachineArn}:1`,
    });
    await send(sfn.UpdateStateMachineAliasCommand, {
      stateMachineAliasArn,
      routingConfiguration: route(`${stateMachineArn}:2`),
    });
    expect(await run(stateMachineAliasArn)).toMatchObject({ output: '"two"' });
    expect(await run(`${stateMachineArn}:1`)).toMatchObject({ output: '"one"' });
    expect(
      await send(sfn.DescribeStateMachineAliasCommand, { stateMachineAliasArn }),
    ).toMatchObject({ name: 'live' });
    const aliases = await send(sfn.ListStateMachineAliasesCommand, { stateMachineArn });
    expect(aliases.stateMachineAliases).toHaveLength(1);
    const version = { stateMachineVersionArn: `${stateMachineArn}:2` };
    await expect(send(sfn.DeleteStateMachineVersionCommand, version)).rejects.toEqual(
      refused('ConflictException'),
    );
    await send(sfn.DeleteStateMachineAliasCommand, { stateMachineAliasArn });
    await send(sfn.DeleteStateMachineVersionCommand, version);
    const resourceArn = stateMachineArn;
    await send(sfn.TagResourceCommand, {
      resourceArn,
      tags: [
        { key: 'team', value: 'a' },
        { key: 'cost', value: 'b' },
      ],
    });
    await send(sfn.UntagResourceCommand, { resourceArn, tagKeys: ['cost'] });
    expect((await send(sfn.ListTagsForResourceCommand, { resourceArn })).tags).toEqual([
      { key: 'team', value: 'a' },
    ]);
    const { definition: now } = await send(sfn.DescribeStateMachineCommand, { stateMachineArn });
    expect(JSON.parse(now ?? '')).toEqual(result('two'));
    await send(sfn.DeleteStateMachineCommand, { stateMachineArn });
    await expect(send(sfn.DescribeStateMachineCommand, { stateMachineArn })).rejects.toEqual(
      refused('StateMachineDoesNotExist'),
    );
  });

  it('is refused where its definition is none, and where the workspace owns it', async () => {
    const bad = { name: 'bad', roleArn, definition: '{"StartAt":"X","States":{}}' };
    await expect(send(sfn.CreateStateMachineCommand, bad)).rejects.toEqual(
      refused('InvalidDefinition'),
    );
    const own = send(sfn.DeleteStateMachineCommand, { stateMachineArn: arnOf('pass') });
    await expect(own).rejects.toEqual(refused('ConflictException'));
  });

  it('is validated without being made', async () => {
    const validate = (definition: object) =>
      send(sfn.ValidateStateMachineDefinitionCommand, { definition: JSON.stringify(definition) });
    expect(await validate(pass)).toMatchObject({ result: 'OK', diagnostics: [] });
    expect(await validate({ StartAt: 'X', States: {} })).toMatchObject({ result: 'FAIL' });
  });
});

describe('an activity', () => {
  it('gives its tasks to workers, who answer by token', async () => {
    const made = await send(sfn.CreateActivityCommand, { name: 'work' });
    expect(made.activityArn).toBe(activityArn);
    const polling = send(sfn.GetActivityTaskCommand, { activityArn, workerName: 'w' });
    const { executionArn } = await start('works', { input: '{"n":1}' });
    const { taskToken = '', input } = await polling;
    expect(input).toBe('{"n":1}');
    await send(sfn.SendTaskHeartbeatCommand, { taskToken });
    await send(sfn.SendTaskSuccessCommand, { taskToken, output: '{"done":true}' });
    expect(await ended(executionArn)).toMatchObject({ output: '{"done":true}' });
    const late = send(sfn.SendTaskSuccessCommand, { taskToken, output: '1' });
    await expect(late).rejects.toEqual(refused('TaskTimedOut'));
    const second = await start('works');
    const task = await send(sfn.GetActivityTaskCommand, { activityArn });
    await send(sfn.SendTaskFailureCommand, { taskToken: task.taskToken, error: 'No' });
    expect(await ended(second.executionArn)).toMatchObject({ status: 'FAILED', error: 'No' });
    const { activities } = await send(sfn.ListActivitiesCommand, {});
    expect(activities).toMatchObject([{ name: 'work' }]);
    expect(await send(sfn.DescribeActivityCommand, { activityArn })).toMatchObject({
      name: 'work',
    });
    await send(sfn.DeleteActivityCommand, { activityArn });
    await expect(send(sfn.DescribeActivityCommand, { activityArn })).rejects.toEqual(
      refused('ActivityDoesNotExist'),
    );
    const none = send(sfn.SendTaskSuccessCommand, { taskToken: 'none', output: '1' });
    await expect(none).rejects.toEqual(refused('InvalidToken'));
  });
});

describe('a Map Run', () => {
  it('is listed and described with its counts, its executions by it', async () => {
    const { executionArn } = await start('maps', { input: '[1,2,3]' });
    await ended(executionArn);
    const { mapRuns = [] } = await send(sfn.ListMapRunsCommand, { executionArn });
    const mapRunArn = mapRuns[0]?.mapRunArn;
    expect(await send(sfn.DescribeMapRunCommand, { mapRunArn })).toMatchObject({
      executionArn,
      status: 'SUCCEEDED',
      maxConcurrency: 2,
      toleratedFailureCount: 1,
      itemCounts: { total: 3, succeeded: 2, failed: 1 },
    });
    const { executions = [] } = await send(sfn.ListExecutionsCommand, { mapRunArn });
    expect(executions).toHaveLength(3);
    const child = { executionArn: executions[0]?.executionArn };
    expect(await send(sfn.DescribeStateMachineForExecutionCommand, child)).toMatchObject({
      name: 'maps',
      label: 'each',
      mapRunArn,
    });
  });
});

describe('TestState', () => {
  it('tests one state', async () => {
    const answer = await send(sfn.TestStateCommand, {
      definition: JSON.stringify({ Type: 'Pass', InputPath: '$.a', Next: 'N' }),
      input: '{"a":{"b":1}}',
      inspectionLevel: 'DEBUG',
    });
    expect(answer).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"b":1}',
      nextState: 'N',
      inspectionData: { afterInputPath: '{"b":1}' },
    });
  });
});

describe('a request from elsewhere', () => {
  const post = (headers: Record<string, string>, body = '{}') =>
    fetch(test.server.url, {
      method: 'POST',
      headers: { 'X-Amz-Target': 'AWSStepFunctions.ListStateMachines', ...headers },
      body,
    });
  const json = { 'Content-Type': 'application/x-amz-json-1.0' };

  it.each([
    ['a page’s', { ...json, Origin: 'https://evil.example' }, 403],
    ['a form’s', { 'Content-Type': 'text/plain' }, 415],
    ['one without an operation', { ...json, 'X-Amz-Target': '' }, 400],
    ['one of this server’s own page', json, 200],
  ])('%s is answered with its status', async (_, headers, status) => {
    expect((await post(headers)).status).toBe(status);
  });

  it('under a foreign name is refused, as a rebound name would be', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      const call = request(test.server.url, {
        method: 'POST',
        headers: { Host: 'evil.example', ...json },
      });
      call.on('response', (response) => resolve(response.statusCode));
      call.on('error', reject);
      call.end('{}');
    });
    expect(status).toBe(403);
  });

  it('larger than a definition can be is refused', async () => {
    const body = JSON.stringify({ stateMachineArn: 'x'.repeat(5_000_000) });
    expect((await post(json, body)).status).toBe(413);
  });
});

describe('time and change', () => {
  it('jumps for those that are started to jump, and stays real for the others', async () => {
    await using jumping = await testServer(stage, { virtualTime: true });
    const command = new sfn.StartExecutionCommand({ stateMachineArn: arnOf('hour') });
    const { executionArn } = await jumping.client.send(command);
    const about = () => jumping.client.send(new sfn.DescribeExecutionCommand({ executionArn }));
    await expect.poll(async () => (await about()).status).toBe('SUCCEEDED');
    const { startDate, stopDate } = await about();
    expect(Number(stopDate) - Number(startDate)).toBe(3_600_000);
  });

  it('two hundred at once all end, each on its own clock', async () => {
    await using jumping = await testServer(stageOf({ day: waits(86_400) }), { virtualTime: true });
    const started = await Promise.all(
      Array.from({ length: 200 }, () =>
        jumping.client.send(new sfn.StartExecutionCommand({ stateMachineArn: arnOf('day') })),
      ),
    );
    const list = new sfn.ListExecutionsCommand({
      stateMachineArn: arnOf('day'),
      statusFilter: 'SUCCEEDED',
      maxResults: 1000,
    });
    await expect
      .poll(async () => (await jumping.client.send(list)).executions?.length, { timeout: 20_000 })
      .toBe(started.length);
  }, 30_000);

  it('what runs keeps its definition; the next run takes the new one', async () => {
    await using changing = await testServer(stageOf({ m: waits(1) }));
    const run = () =>
      changing.client.send(new sfn.StartExecutionCommand({ stateMachineArn: arnOf('m') }));
    const before = await run();
    await changing.server.serve(stageOf({ m: fails }));
    const after = await run();
    const status = async ({ executionArn }: { executionArn: string | undefined }) =>
      (await changing.client.send(new sfn.DescribeExecutionCommand({ executionArn }))).status;
    await expect.poll(() => status(after)).toBe('FAILED');
    await expect.poll(() => status(before), { timeout: 5000 }).toBe('SUCCEEDED');
  });

  it('what was acknowledged is there after the server’s end, what ran is aborted', async () => {
    const first = await testServer(stage);
    const command = new sfn.StartExecutionCommand({ stateMachineArn: arnOf('hour'), name: 'kept' });
    const { executionArn } = await first.client.send(command);
    const second = startServer({ stage, workspaceRoot: first.folder, port: 0 });
    await expect(second).rejects.toMatchObject({ code: 'FILE_IN_USE' });
    await first.server[Symbol.asyncDispose]();
    {
      await using again = await startServer({ stage, workspaceRoot: first.folder, port: 0 });
      const about = await clientOf(again).send(new sfn.DescribeExecutionCommand({ executionArn }));
      expect(about).toMatchObject({ status: 'ABORTED', error: 'Harmony.ServerEnded' });
    }
    await first[Symbol.asyncDispose]();
  });

  it('keeps as many as it is told', async () => {
    const folder = await testServer(stage);
    for (let n = 0; n < 5; n++) {
      await folder.client.send(new sfn.StartExecutionCommand({ stateMachineArn: arnOf('pass') }));
    }
    await sleep(50);
    await folder.server[Symbol.asyncDispose]();
    await using bounded = await startServer({
      stage,
      workspaceRoot: folder.folder,
      port: 0,
      keep: 2,
    });
    const list = new sfn.ListExecutionsCommand({ stateMachineArn: arnOf('pass') });
    expect((await clientOf(bounded).send(list)).executions).toHaveLength(2);
    await folder[Symbol.asyncDispose]();
  });
});
