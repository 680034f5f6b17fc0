import { describe, expect, it } from 'vitest';
import { Engine, InvalidDefinition, type Json, type JsonObject } from '../index.ts';
import type { TestStateOptions } from './options.ts';

const test = (state: JsonObject, input: Json, options: TestStateOptions = {}) =>
  Engine.testState(state, input, { now: Date.parse('2026-01-31T12:00:00Z'), ...options });
const debug = { inspectionLevel: 'DEBUG' } as const;
const task: JsonObject = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Next: 'After',
};

describe('a state alone', () => {
  it('shows its data on the way through a Pass', async () => {
    const state = {
      Type: 'Pass',
      InputPath: '$.in',
      Parameters: { 'x.$': '$.a' },
      ResultPath: '$.out',
      End: true,
    };
    const input = { in: { a: 1 } };
    const output = { in: { a: 1 }, out: { x: 1 } };
    expect(await test(state, input)).toEqual({ status: 'SUCCEEDED', output });
    expect(await test(state, input, debug)).toEqual({
      status: 'SUCCEEDED',
      output,
      inspectionData: {
        input,
        afterInputPath: { a: 1 },
        afterParameters: { x: 1 },
        afterResultSelector: { x: 1 },
        afterResultPath: output,
      },
    });
  });

  it('shows the Result of a Pass instead of what it replaces', async () => {
    const state = { Type: 'Pass', Result: { r: 1 }, End: true };
    expect((await test(state, {}, debug)).inspectionData).toEqual({
      input: {},
      result: { r: 1 },
      afterResultSelector: { r: 1 },
      afterResultPath: { r: 1 },
    });
  });

  it('tells where a Choice goes and what a Fail says', async () => {
    const choice = {
      Type: 'Choice',
      Choices: [{ Variable: '$.n', NumericGreaterThan: 1, Next: 'Many' }],
      Default: 'Few',
    };
    expect(await test(choice, { n: 2 }, debug)).toEqual({
      status: 'SUCCEEDED',
      nextState: 'Many',
      output: { n: 2 },
      inspectionData: { input: { n: 2 }, afterInputPath: { n: 2 } },
    });
    expect(await test({ Type: 'Fail', Error: 'E', Cause: 'c' }, { a: 1 }, debug)).toEqual({
      status: 'FAILED',
      error: 'E',
      cause: 'c',
      inspectionData: { input: { a: 1 }, afterInputPath: { a: 1 } },
    });
  });

  it('may lead to itself', async () => {
    const loop = { Type: 'Pass', Next: 'Loop' };
    expect(await test(loop, 1, { stateName: 'Loop' })).toEqual({
      status: 'SUCCEEDED',
      nextState: 'Loop',
      output: 1,
    });
  });

  it('jumps over what a Wait waits for, up to five minutes', async () => {
    const wait = (Seconds: number) => test({ Type: 'Wait', Seconds, End: true }, 1);
    expect(await wait(299)).toEqual({ status: 'SUCCEEDED', output: 1 });
    expect(await wait(301)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('fails without the words that say where', async () => {
    expect(await test({ Type: 'Pass', InputPath: '$.a', End: true }, {})).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: expect.stringMatching(/^Invalid path '\$\.a'/) as string,
    });
  });
});

describe('a mock', () => {
  it('answers for the service of a Task', async () => {
    const state = {
      ...task,
      Parameters: { 'Payload.$': '$' },
      ResultSelector: { 'body.$': '$.Payload' },
      ResultPath: '$.answer',
    };
    const result = { Payload: 7, StatusCode: 200 };
    expect(await test(state, { a: 1 }, { ...debug, mock: { result } })).toEqual({
      status: 'SUCCEEDED',
      nextState: 'After',
      output: { a: 1, answer: { body: 7 } },
      inspectionData: {
        input: { a: 1 },
        afterInputPath: { a: 1 },
        afterParameters: { Payload: { a: 1 } },
        result,
        afterResultSelector: { body: 7 },
        afterResultPath: { a: 1, answer: { body: 7 } },
      },
    });
    expect(await test(state, {}, { mock: { result: JSON.stringify(result) } })).toMatchObject({
      output: { answer: { body: 7 } },
    });
  });

  it('shows a JSONata Task’s arguments and result', async () => {
    const state = {
      ...task,
      QueryLanguage: 'JSONata',
      Arguments: { n: '{% $states.input.n + $more %}' },
      Output: '{% $states.result.m %}',
    };
    const options = { ...debug, mock: { result: { m: 3 } }, variables: { more: 1 } };
    expect(await test(state, { n: 1 }, options)).toEqual({
      status: 'SUCCEEDED',
      nextState: 'After',
      output: 3,
      inspectionData: { input: { n: 1 }, afterArguments: { n: 2 }, result: { m: 3 } },
    });
  });

  const failing: JsonObject = {
    ...task,
    Retry: [
      { ErrorEquals: ['Other'], MaxAttempts: 5 },
      { ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 2 },
    ],
    Catch: [
      { ErrorEquals: ['Other'], Next: 'Elsewhere' },
      { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Rescue' },
    ],
  };
  const mock = { errorOutput: { error: 'Busy', cause: 'full' } };

  it.each([
    [0, 2],
    [1, 6],
  ])('that fails is retriable after %i retries', async (retryCount, seconds) => {
    expect(await test(failing, {}, { ...debug, mock, retryCount })).toMatchObject({
      status: 'RETRIABLE',
      error: 'Busy',
      cause: 'full',
      inspectionData: { errorDetails: { retryIndex: 1, retryBackoffIntervalSeconds: seconds } },
    });
  });

  it('is caught once no retry is left', async () => {
    const stateConfiguration = { retrierRetryCount: 2 };
    expect(await test(failing, { a: 1 }, { ...debug, mock, stateConfiguration })).toMatchObject({
      status: 'CAUGHT_ERROR',
      error: 'Busy',
      cause: 'full',
      nextState: 'Rescue',
      output: { a: 1, error: { Error: 'Busy', Cause: 'full' } },
      inspectionData: { errorDetails: { catchIndex: 1 } },
    });
  });

  it('fails the state that has neither', async () => {
    const result = await test(task, {}, { mock });
    expect(result).toEqual({ status: 'FAILED', error: 'Busy', cause: 'full' });
  });

  it('stands for what a Parallel and a Map run', async () => {
    const inner = (name: string) => ({ StartAt: name, States: { [name]: { Type: 'Succeed' } } });
    const parallel = {
      Type: 'Parallel',
      Branches: [inner('A'), inner('B')],
      ResultSelector: { 'first.$': '$[0]' },
      End: true,
    };
    expect(await test(parallel, {}, { mock: { result: [1, 2] } })).toEqual({
      status: 'SUCCEEDED',
      output: { first: 1 },
    });
    const map = {
      Type: 'Map',
      ItemsPath: '$.list',
      ItemSelector: { 'n.$': '$$.Map.Item.Value' },
      ToleratedFailureCount: 1,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        ...inner('A'),
      },
      ItemBatcher: { MaxItemsPerBatch: 2 },
      Catch: [{ ErrorEquals: ['States.ExceedToleratedFailureThreshold'], Next: 'TooMany' }],
      End: true,
    };
    const options = { ...debug, mock: { result: ['x'] } };
    expect(await test(map, { list: [1, 2] }, options)).toEqual({
      status: 'SUCCEEDED',
      output: ['x'],
      inspectionData: {
        input: { list: [1, 2] },
        afterInputPath: { list: [1, 2] },
        afterItemsPath: [1, 2],
        maxConcurrency: 0,
        toleratedFailureCount: 1,
        afterItemSelector: [{ n: 1 }, { n: 2 }],
        afterItemBatcher: [{ Items: [{ n: 1 }, { n: 2 }] }],
        afterResultSelector: ['x'],
        afterResultPath: ['x'],
      },
    });
    const stateConfiguration = { mapIterationFailureCount: 2 };
    expect(await test(map, { list: [1, 2] }, { ...options, stateConfiguration })).toMatchObject({
      status: 'CAUGHT_ERROR',
      nextState: 'TooMany',
      error: 'States.ExceedToleratedFailureThreshold',
    });
    const read = {
      ...map,
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        Parameters: { Bucket: 'b', Key: 'k' },
        ReaderConfig: { InputType: 'JSON', ItemsPointer: '/a' },
      },
    };
    const data = { stateConfiguration: { mapItemReaderData: '{"a":[5,6]}' } };
    expect((await test(read, {}, { ...options, ...data })).inspectionData).toMatchObject({
      afterItemsPointer: [5, 6],
      afterItemSelector: [{ n: 5 }, { n: 6 }],
    });
  });
});

describe('the context', () => {
  it('has what the test gives, and the retries', async () => {
    const state = { ...task, Parameters: { 'c.$': '$$' } };
    const context = { Execution: { Name: 'mine' } };
    const options = { ...debug, mock: { result: 1 }, context, retryCount: 2 };
    const { inspectionData } = await test(state, {}, options);
    expect(inspectionData?.afterParameters).toMatchObject({
      c: {
        Execution: { Name: 'mine', StartTime: '2026-01-31T12:00:00.000Z' },
        State: { Name: 'StateName', RetryCount: 2 },
      },
    });
    const token = { ...state, Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' };
    const given = { ...debug, mock: { result: 1 }, context: { Task: { Token: 'abc' } } };
    expect((await test(token, {}, given)).inspectionData?.afterParameters).toMatchObject({
      c: { Task: { Token: 'abc' } },
    });
  });

  it.each([
    [{ Map: {} }, "'Map' field is not supported"],
    [{ Execution: { Id: 1 } }, 'Execution.Id must be a string'],
    [{ Execution: { pokemon: 1 } }, "Field 'pokemon' is not allowed"],
    [{ Other: {} }, "Field 'Other' is not allowed"],
    [{ Task: { Token: 'x' } }, "contains 'Task' when state is not"],
  ])('is refused as the API does: %j', async (context, reason) => {
    const refused = test(task, {}, { mock: { result: 1 }, context });
    await expect(refused).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining(`Invalid Context object provided: `) as string,
    });
    await expect(refused).rejects.toThrow(reason);
  });
});

describe('the configuration of a Map', () => {
  // LocalStack's recordings of the service, v2/test_state/test_state_configuration.snapshot.json
  it('names the state inside that fails, and gives a reader its data', async () => {
    const map = {
      Type: 'Map',
      QueryLanguage: 'JSONata',
      MaxConcurrency: 1,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'HandleItem',
        States: { HandleItem: { Type: 'Pass', End: true } },
      },
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON' },
        Arguments: { Bucket: 'b', Key: 'k' },
      },
      End: true,
    };
    const data = { mapItemReaderData: '[1,2,3]' };
    const read = { ...debug, mock: { result: [1, 4, 9] }, stateConfiguration: data };
    expect(await test(map, {}, read)).toEqual({
      status: 'SUCCEEDED',
      output: [1, 4, 9],
      inspectionData: { input: {}, maxConcurrency: 1 },
    });
    const failing = {
      mock: { errorOutput: { error: 'MockException', cause: 'why' } },
      stateConfiguration: { ...data, errorCausedByState: 'HandleItem' },
    };
    expect(await test(map, {}, failing)).toEqual({
      status: 'FAILED',
      error: 'MockException',
      cause: 'why',
    });
  });
});

describe('a state of a whole machine', () => {
  const machine = {
    QueryLanguage: 'JSONata',
    StartAt: 'M',
    States: {
      M: {
        Type: 'Map',
        ItemProcessor: {
          StartAt: 'In',
          States: {
            In: { Type: 'Pass', Output: '{% $states.input.n * 2 %}', Next: 'Last' },
            Last: { Type: 'Succeed' },
          },
        },
        End: true,
      },
    },
  };

  it('is found at any depth, in the machine’s query language', async () => {
    expect(await test(machine, { n: 2 }, { stateName: 'In' })).toEqual({
      status: 'SUCCEEDED',
      nextState: 'Last',
      output: 4,
    });
  });

  it('must be named, be there, and stand in a machine that is valid', async () => {
    await expect(test(machine, {}, { stateName: 'Gone' })).rejects.toThrow(
      'State not found in definition',
    );
    await expect(test(machine, {})).rejects.toThrow('stateName is needed');
    const broken = { ...machine, StartAt: 'Gone' };
    await expect(test(broken, {}, { stateName: 'In' })).rejects.toThrow(InvalidDefinition);
  });
});

describe('what the API refuses', () => {
  const map = {
    Type: 'Map',
    ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Succeed' } } },
    End: true,
  };
  const parallel = {
    Type: 'Parallel',
    Branches: [{ StartAt: 'P', States: { P: { Type: 'Succeed' } } }],
    End: true,
  };
  const written = {
    ...map,
    ItemProcessor: {
      ...map.ItemProcessor,
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    },
    ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b' } },
  };

  it.each<[string, JsonObject, TestStateOptions, string]>([
    [
      'a mock of a Pass',
      { Type: 'Pass', End: true },
      { mock: { result: 1 } },
      "State type 'Pass' is not supported when a mock is specified",
    ],
    ['a Map without a mock', map, {}, 'TestState API does not support Map or Parallel states.'],
    ['a Task without a mock', task, {}, 'A Task needs a mock here'],
    [
      'two answers',
      task,
      { mock: { result: 1, errorOutput: { error: 'E' } } },
      'A test mock should have only one of the following fields: [result, errorOutput].',
    ],
    ['no answer', task, { mock: {} }, 'A test mock needs one of the fields'],
    ['no array from a Map', map, { mock: { result: 1 } }, 'Mocked result must be an array.'],
    [
      'no object from a writer',
      written,
      { mock: { result: [] } },
      'Mocked result must be a JSON object.',
    ],
    [
      'too many branches',
      parallel,
      { mock: { result: [1, 2] } },
      'Mocked result must contain the same number of items',
    ],
    [
      'secrets with a mock',
      task,
      { mock: { result: 1 }, revealSecrets: true },
      'TestState does not support RevealSecrets when a mock is specified.',
    ],
    [
      'a field of a mock that there is not',
      task,
      { mock: { result: 1, validation: 'NONE' } as TestStateOptions['mock'] & object },
      "mock has no field 'validation': it has [result, errorOutput, fieldValidationMode].",
    ],
    [
      'a way to validate that there is not',
      task,
      { mock: { result: 1, fieldValidationMode: 'LAX' as 'NONE' } },
      'mock.fieldValidationMode must be one of',
    ],
    ...(
      [
        [{ retries: 1 }, "stateConfiguration has no field 'retries'"],
        [{ retrierRetryCount: -1 }, 'retrierRetryCount must be a whole number from 0.'],
        [{ mapIterationFailureCount: 1 }, 'mapIterationFailureCount is for a Map.'],
        [{ mapItemReaderData: '[]' }, 'mapItemReaderData is for a Map with an ItemReader.'],
        [{ errorCausedByState: 'P' }, "errorCausedByState names no state inside: 'P'."],
      ] as [object, string][]
    ).map(([stateConfiguration, message]): [string, JsonObject, TestStateOptions, string] => [
      `the configuration ${JSON.stringify(stateConfiguration)}`,
      task,
      { mock: { result: 1 }, stateConfiguration },
      message,
    ]),
  ])('%s', async (_what, state, options, message) => {
    await expect(test(state, {}, options)).rejects.toThrow(message);
  });
});
