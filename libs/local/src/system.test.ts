import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LambdaFunction } from '@harmony/assembly';
import type { Json } from '@harmony/engine';
import type { LocalEvent } from './events.ts';
import { LocalError } from './errors.ts';
import type { RunReport } from './report.ts';
import { startLocalSystem } from './system.ts';
import type { LocalSystemOptions, RunOptions } from './system.ts';
import { testFolder, testFunction } from './testing/functions.ts';
import type { TestFolder } from './testing/functions.ts';
import { testMachine, testStage } from './testing/machines.ts';

const START = new Date('2026-01-31T08:00:00Z');
const INVOKE = 'arn:aws:states:::lambda:invoke';
const READ = 'arn:aws:states:::aws-sdk:iotdataplane:getThingShadow';
const START_EXECUTION = 'arn:aws:states:::states:startExecution.sync:2';

let folder: TestFolder;
beforeAll(async () => {
  folder = await testFolder({
    'index.mjs': `
      export const handler = async (event) => {
        if (event.stuck) await new Promise(() => {});
        if (event.fail) throw new RangeError(event.fail);
        console.log('handling ' + event.name);
        return { hello: event.name };
      };`,
    'mocks.json': JSON.stringify({
      StateMachines: {
        greenhouse: {
          TestCases: {
            HappyPath: { Read: 'Warm' },
            Busy: { Read: 'BusyTwice' },
            Refused: { Read: 'Refused' },
            Handled: { Greet: 'Greeting', Read: 'Warm' },
          },
        },
        round: { TestCases: { Handled: { House: 'HouseDone' } } },
      },
      MockedResponses: {
        Warm: { '0': { Return: { degrees: 21 } } },
        BusyTwice: {
          '0-1': { Throw: { Error: 'Iot.ThrottlingException', Cause: 'slow down' } },
          '2': { Return: { degrees: 19 } },
        },
        Refused: { '0': { Throw: { Error: 'Iot.AccessDenied', Cause: 'not yours' } } },
        Greeting: { '0': { Return: { Payload: { hello: 'mock' } } } },
        HouseDone: { '0': { Return: { Output: 'mocked house' } } },
      },
    }),
  });
});
afterAll(() => folder[Symbol.asyncDispose]());

const task = (fields: object): object => ({ Type: 'Task', End: true, ...fields });
const one = (name: string, state: object): Record<string, unknown> => ({
  QueryLanguage: 'JSONata',
  StartAt: name,
  States: { [name]: state },
});

/** A Choice that always takes its Default: Step Functions refuses a loop that cannot end. */
const never = { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'Done' }] };

interface Ran {
  readonly report: RunReport;
  readonly events: readonly LocalEvent[];
}

type Definitions = Record<string, Record<string, unknown>>;

/** Runs the first of some state machines; all of them have the mocks above. */
async function run(
  definitions: Definitions,
  input: Json = {},
  options: Partial<LocalSystemOptions> & {
    readonly fn?: Partial<LambdaFunction>;
  } & RunOptions = {},
): Promise<Ran> {
  const events: LocalEvent[] = [];
  const { fn, signal, ...rest } = options;
  const machines = Object.entries(definitions).map(([name, definition]) =>
    testMachine({ name, definition, mocks: 'mocks.json' }),
  );
  await using system = await startLocalSystem({
    stage: testStage(machines, [
      testFunction(folder.path, { name: 'greet', timeoutSeconds: 20, ...fn }),
    ]),
    workspaceRoot: folder.path,
    clock: { startTime: START },
    onEvent: (event) => events.push(event),
    ...rest,
  });
  const name = Object.keys(definitions)[0] as string;
  return { report: await system.run(name, input, signal === undefined ? {} : { signal }), events };
}

const greet = (payload: unknown, more: object = {}): object =>
  task({ Resource: INVOKE, Arguments: { FunctionName: 'greet', Payload: payload }, ...more });

describe('a Task that invokes a function', () => {
  it('runs the real handler and has the Invoke API’s response', async () => {
    const { report, events } = await run({ greenhouse: one('Greet', greet({ name: 'Ada' })) });
    expect(report.status).toBe('SUCCEEDED');
    expect(report.output).toMatchObject({
      ExecutedVersion: '$LATEST',
      Payload: { hello: 'Ada' },
      SdkHttpMetadata: {
        HttpHeaders: { 'Content-Length': '15', Date: 'Sat, 31 Jan 2026 08:00:00 GMT' },
        HttpStatusCode: 200,
      },
      StatusCode: 200,
    });
    const codes = events.map(({ code }) => code);
    expect(codes).toContain('HANDLER_INVOKED');
    expect(events).toContainEqual(
      expect.objectContaining({ code: 'HANDLER_LOGGED', text: 'handling Ada' }),
    );
  });

  it('may name the function as its Resource, and has the bare response', async () => {
    const { report } = await run(
      {
        greenhouse: one(
          'Greet',
          task({
            Resource: 'arn:aws:lambda:us-east-1:123456789012:function:greet',
            Arguments: { name: 'Bo' },
          }),
        ),
      },
      {},
    );
    expect(report.output).toEqual({ hello: 'Bo' });
  });

  it('fails with the error that the handler threw, which Catch can match', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'Greet',
      States: {
        Greet: greet(
          { fail: 'too far' },
          {
            Catch: [
              {
                ErrorEquals: ['RangeError'],
                Output: '{% $states.errorOutput %}',
                Next: 'Caught',
              },
            ],
          },
        ),
        Caught: { Type: 'Succeed' },
      },
    };
    const { report } = await run({ greenhouse: definition });
    const { Error: error, Cause: cause } = report.output as { Error: string; Cause: string };
    expect(error).toBe('RangeError');
    expect(JSON.parse(cause)).toMatchObject({ errorType: 'RangeError', errorMessage: 'too far' });
  });

  it('fails by name when the stage has no such function', async () => {
    const state = task({
      Resource: INVOKE,
      Arguments: { FunctionName: 'grete', Payload: {} },
    });
    const { report } = await run({ greenhouse: one('Greet', state) });
    expect(report).toMatchObject({
      status: 'FAILED',
      error: 'Harmony.NoMock',
    });
    expect(report.cause).toContain('there is no function grete here to be run');
  });

  it('that never answers ends with the function’s timeout', async () => {
    const { report } = await run(
      { greenhouse: one('Greet', greet({ stuck: true })) },
      {},
      { fn: { timeoutSeconds: 1 } },
    );
    expect(report).toMatchObject({ status: 'FAILED', error: 'Sandbox.Timedout' });
    expect(report.cause).toContain('Task timed out after 1.00 seconds');
  });

  it.each([
    ['Event', 202],
    ['DryRun', 204],
  ])('with InvocationType %s answers at once with %i and no payload', async (type, status) => {
    const state = task({
      Resource: INVOKE,
      Arguments: { FunctionName: 'greet', InvocationType: type, Payload: { fail: 'unseen' } },
    });
    const { report, events } = await run({ greenhouse: one('Greet', state) });
    expect(report.output).toMatchObject({ Payload: '', StatusCode: status });
    const ended = events.filter(({ code }) => code === 'HANDLER_ENDED');
    expect(ended).toMatchObject(type === 'Event' ? [{ error: 'RangeError' }] : []);
  });

  it.each([
    ['greet:live', undefined, '1'],
    ['123456789012:function:greet', 'live', '1'],
    [`${'arn:aws:lambda:us-east-1:123456789012:function:greet'}:$LATEST`, undefined, '$LATEST'],
  ])('is found as %s with the qualifier %s', async (FunctionName, Qualifier, version) => {
    const state = task({
      Resource: INVOKE,
      Arguments: {
        ...{ FunctionName, Payload: { name: 'Ada' } },
        ...(Qualifier === undefined ? {} : { Qualifier }),
      },
    });
    const { report } = await run(
      { greenhouse: one('Greet', state) },
      {},
      { fn: { qualifiers: ['live'] } },
    );
    expect(report.output).toMatchObject({ ExecutedVersion: version, Payload: { hello: 'Ada' } });
  });

  it('with a qualifier that it does not have fails as AWS says it', async () => {
    const state = task({ Resource: INVOKE, Arguments: { FunctionName: 'greet:test' } });
    const { report } = await run(
      { greenhouse: one('Greet', state) },
      {},
      { fn: { qualifiers: ['live'] } },
    );
    expect(report.error).toBe('Lambda.ResourceNotFoundException');
    expect(report.cause).toContain('Function not found: greet:test');
  });

  it.each<[string, Partial<LambdaFunction>, string]>([
    ['java21', { runtime: 'java21' }, 'a local run has no runtime java21'],
    [
      'a container image',
      { code: { kind: 'elsewhere', reason: 'its code is a container image' } },
      'greet cannot be run: its code is a container image',
    ],
  ])('of %s is refused by that name', async (_, fn, message) => {
    const { report } = await run({ greenhouse: one('Greet', greet({})) }, {}, { fn });
    expect(report.error).toBe('Harmony.NoMock');
    expect(report.cause).toContain(message);
  });

  it('is answered by a mock where its test case has one', async () => {
    const { report, events } = await run(
      { greenhouse: one('Greet', greet({ name: 'Ada' })) },
      {},
      { mocksCase: 'Handled' },
    );
    expect(report.output).toEqual({ Payload: { hello: 'mock' } });
    expect(events.map(({ code }) => code)).not.toContain('HANDLER_INVOKED');
  });
});

describe('a Task that calls a service', () => {
  const read = one('Read', task({ Resource: READ, Arguments: {} }));

  it('is answered by its mock', async () => {
    const { report } = await run({ greenhouse: read });
    expect(report.output).toEqual({ degrees: 21 });
  });

  it('that waits for a token is answered by its mock as well', async () => {
    const state = task({
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Arguments: { MessageBody: '{% $states.context.Task.Token %}' },
    });
    const { report } = await run({ greenhouse: one('Read', state) });
    expect(report).toMatchObject({ status: 'SUCCEEDED', output: { degrees: 21 } });
  });

  it('fails as its mock says', async () => {
    const { report } = await run({ greenhouse: read }, {}, { mocksCase: 'Refused' });
    expect(report).toMatchObject({
      status: 'FAILED',
      error: 'Iot.AccessDenied',
      cause: 'not yours',
    });
  });

  it('is retried, each call with the next answer, on a clock that jumps', async () => {
    const retry = { Retry: [{ ErrorEquals: ['Iot.ThrottlingException'], IntervalSeconds: 30 }] };
    const { report, events } = await run(
      { greenhouse: one('Read', task({ Resource: READ, Arguments: {}, ...retry })) },
      {},
      { mocksCase: 'Busy' },
    );
    expect(report.output).toEqual({ degrees: 19 });
    // 30 s and then, at the default rate of 2, 60 s.
    expect(report.stopDate).toBe('2026-01-31T08:01:30.000Z');
    const calls = events.flatMap((event) => (event.code === 'MOCK_ANSWERED' ? [event.call] : []));
    expect(calls).toEqual([0, 1, 2]);
  });

  it('without a mock fails with its state and the file to add it to', async () => {
    const definition = one('Water', task({ Resource: READ, Arguments: {} }));
    const { report, events } = await run({ greenhouse: definition });
    expect(report).toMatchObject({ status: 'FAILED', error: 'Harmony.NoMock' });
    expect(report.cause).toContain(
      `The state "Water" of greenhouse (${READ}) calls a service and has no mocked answer. Add it to mocks.json at StateMachines["greenhouse"].TestCases.HappyPath["Water"].`,
    );
    expect(events.map(({ code }) => code)).toContain('MOCK_MISSING');
  });

  it('without a mock fails whatever the state machine catches and retries', async () => {
    const state = task({
      Resource: READ,
      Arguments: {},
      Retry: [{ ErrorEquals: ['States.ALL'] }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Fine' }],
    });
    const definition = one('Water', state);
    (definition.States as Record<string, object>).Fine = { Type: 'Succeed' };
    const { report } = await run({ greenhouse: definition });
    expect(report).toMatchObject({ status: 'FAILED', error: 'Harmony.NoMock' });
  });

  it('called once more than mocked says which call to add', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'Read',
      States: {
        Read: { Type: 'Task', Resource: READ, Arguments: {}, Next: 'Again' },
        Again: { ...never, Default: 'Read' },
        Done: { Type: 'Succeed' },
      },
    };
    const { report } = await run({ greenhouse: definition });
    expect(report.cause).toContain('is for only one call. Add "1" to that entry');
  });
});

const nested = one(
  'House',
  task({
    Resource: START_EXECUTION,
    Arguments: {
      StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:greenhouse',
      Input: {
        AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: '{% $states.context.Execution.Id %}',
      },
    },
    Output: '{% $states.result.Output %}',
  }),
);

describe('a run of several executions', () => {
  const read = one('Read', task({ Resource: READ, Arguments: {} }));

  it('lists each with its parent, status and times', async () => {
    const { report } = await run({ round: nested, greenhouse: read });
    expect(report.output).toEqual({ degrees: 21 });
    expect(report.executions).toEqual([
      {
        executionArn: report.executionArn,
        stateMachine: 'round',
        status: 'SUCCEEDED',
        startDate: '2026-01-31T08:00:00.000Z',
        stopDate: '2026-01-31T08:00:00.000Z',
      },
      {
        executionArn: expect.stringContaining(':execution:greenhouse:') as string,
        stateMachine: 'greenhouse',
        status: 'SUCCEEDED',
        startDate: '2026-01-31T08:00:00.000Z',
        stopDate: '2026-01-31T08:00:00.000Z',
        parentExecutionArn: report.executionArn,
      },
    ]);
  });

  it('keeps the history of the one that was started, and of no other', async () => {
    const { report } = await run({ round: nested, greenhouse: read });
    expect(report.history[0]?.type).toBe('ExecutionStarted');
    expect(report.history.at(-1)?.type).toBe('ExecutionSucceeded');
    expect(report.history.map(({ id }) => id)).toEqual(report.history.map((_, index) => index + 1));
  });

  it('starts no child whose answer is mocked', async () => {
    const { report } = await run({ round: nested, greenhouse: read }, {}, { mocksCase: 'Handled' });
    expect(report.output).toBe('mocked house');
    expect(report.executions).toHaveLength(1);
  });

  it('is not disturbed by a state machine that it does not reach', async () => {
    const broken = { StartAt: 'Nowhere', States: {} };
    const { report } = await run({ greenhouse: read, broken });
    expect(report.status).toBe('SUCCEEDED');
  });

  it('is refused when one that it reaches cannot run here', async () => {
    const broken = { StartAt: 'Nowhere', States: {} };
    await expect(run({ round: nested, greenhouse: broken })).rejects.toMatchObject({
      code: 'INVALID_DEFINITION',
      message: expect.stringContaining('greenhouse cannot run here') as string,
    });
  });

  it('is refused when the code of a function that it reaches is not there', async () => {
    const Resource = 'arn:aws:lambda:us-east-1:123456789012:function:greet';
    const machine = testMachine({
      name: 'greenhouse',
      definition: one('Greet', task({ Resource })),
    });
    const gone = testFunction(join(folder.path, 'asset.gone'), { name: 'greet' });
    await expect(
      run({ greenhouse: {} }, {}, { stage: testStage([machine], [gone]) }),
    ).rejects.toMatchObject({
      code: 'MISSING_CODE',
      message: expect.stringContaining('asset.gone, does not exist') as string,
    });
  });

  it('is the same twice, ids and all', async () => {
    const definitions = { round: nested, greenhouse: one('Greet', greet({ name: 'Ada' })) };
    const [first, second] = [await run(definitions), await run(definitions)];
    expect(second.report).toEqual(first.report);
  });
});

describe('a run that cannot end by itself', () => {
  it('is ended when nothing can wake it any more', async () => {
    const definition = one(
      'Ask',
      task({
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: {
          FunctionName: 'greet',
          Payload: { name: 'Ada', token: '{% $states.context.Task.Token %}' },
        },
      }),
    );
    const { report, events } = await run({ greenhouse: definition });
    expect(report).toMatchObject({ status: 'ABORTED', error: 'Harmony.Stalled' });
    expect(report.cause).toContain('Nothing can wake this run any more');
    expect(report.cause).toContain('Ask');
    expect(events.map(({ code }) => code)).toContain('RUN_STALLED');
  });

  it('is stopped by its caller, also in an endless loop', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Next: 'B' },
        B: { ...never, Default: 'A' },
        Done: { Type: 'Succeed' },
      },
    };
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 20);
    const { report } = await run({ greenhouse: definition }, {}, { signal: abort.signal });
    // The loop may come to the 25,000 events of a history before it is stopped.
    expect(['Harmony.Interrupted', 'States.Runtime']).toContain(report.error);
    expect(report.status).not.toBe('SUCCEEDED');
  });

  it('is stopped while a handler does not answer', async () => {
    const abort = new AbortController();
    const { report } = await run(
      { greenhouse: one('Greet', greet({ stuck: true })) },
      {},
      {
        signal: abort.signal,
        onEvent: (event) => {
          if (event.code === 'HANDLER_INVOKED') abort.abort();
        },
      },
    );
    expect(report).toMatchObject({ status: 'ABORTED', error: 'Harmony.Interrupted' });
  });

  it('has its delays jumped over, and shown on its clock', async () => {
    const definition = one('Rest', { Type: 'Wait', Seconds: 86_400, End: true });
    const { report } = await run({ greenhouse: definition });
    expect(report.stopDate).toBe('2026-02-01T08:00:00.000Z');
  });

  it('waits in earnest when asked for real time', async () => {
    const definition = one('Rest', { Type: 'Wait', Seconds: 1, End: true });
    const began = performance.now();
    const { report } = await run(
      { greenhouse: definition },
      {},
      { clock: { startTime: START, realTime: true } },
    );
    expect(performance.now() - began).toBeGreaterThan(900);
    expect(Date.parse(report.stopDate) - Date.parse(report.startDate)).toBeGreaterThanOrEqual(1000);
    expect(report.startDate.slice(0, 16)).toBe('2026-01-31T08:00');
  });
});

describe('a local system', () => {
  it('refuses an unknown name with the known ones', async () => {
    await using system = await startLocalSystem({
      stage: testStage([testMachine({ name: 'greenhouse' }), testMachine({ name: 'dome' })]),
      workspaceRoot: folder.path,
    });
    await expect(system.run('green-house', {})).rejects.toThrow(
      'Stage dev has no state machine "green-house". Known: dome, greenhouse.',
    );
  });

  it('runs nothing after its end', async () => {
    const system = await startLocalSystem({
      stage: testStage([testMachine({ name: 'greenhouse' })]),
      workspaceRoot: folder.path,
    });
    await system[Symbol.asyncDispose]();
    await expect(system.run('greenhouse', {})).rejects.toBeInstanceOf(LocalError);
  });
});
