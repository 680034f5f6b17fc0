import { describe, expect, it } from 'vitest';
import { TaskFailure, type Json } from '../index.ts';
import { memoryStore } from '../testing/memory-store.ts';
import { lambda, machine, run, shape, engineWith, arnOf } from '../testing/run.ts';

const distributed = (states: { [name: string]: Json }, rest: object = {}, config: object = {}) =>
  machine({
    M: {
      Type: 'Map',
      Label: 'each',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD', ...config },
        ...machine(states),
      },
      End: true,
      ...rest,
    },
  });
const pass = { P: { Type: 'Pass', End: true } };
const work = { T: { Type: 'Task', Resource: lambda, End: true } };
const reader = (config: object, key = 'items') => ({
  ItemReader: {
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: config,
    Parameters: { Bucket: 'b', Key: key },
  },
});

describe('Distributed Map', () => {
  it('runs a child execution per item and shows the parent only the Map Run', async () => {
    const { result, events, all } = await run(distributed(pass), { input: ['a', 'b'] });
    expect(result.output).toEqual(['a', 'b']);
    expect(shape(events)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapRunStarted',
      '5<4 MapRunSucceeded',
      '6<5 MapStateSucceeded',
      '7<4 MapStateExited',
      '8<7 ExecutionSucceeded',
    ]);
    const children = all.filter(({ stateMachineArn }) => stateMachineArn === arnOf('main/each'));
    expect(
      children.map(({ event }) => event.type).filter((type) => type === 'ExecutionSucceeded'),
    ).toHaveLength(2);
    expect(events[3]?.['mapRunStartedEventDetails']?.['mapRunArn']).toMatch(
      /^arn:aws:states:us-east-1:123456789012:mapRun:main\/each:[0-9a-f-]{36}$/,
    );
  });

  it('keeps the parent’s variables from its children, and shows them their item', async () => {
    const { result } = await run(
      distributed({ P: { Type: 'Pass', Parameters: { 'map.$': '$$.Map.Item' }, End: true } }),
      { input: ['a'] },
    );
    expect(result.output).toEqual([{ map: { Index: 0, Value: 'a', Source: 'STATE_DATA' } }]);
  });

  it('fails by name when more items fail than are tolerated, and stops the others', async () => {
    const options = {
      input: [1, 2, 3, 4],
      task: ({ input }: { input: Json }) => {
        if (input === 2 || input === 3) throw new TaskFailure('Bad');
        return input;
      },
    };
    const strict = await run(distributed(work), options);
    expect(strict.result).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
    expect(strict.events.map(({ type }) => type).slice(-3)).toEqual([
      'MapRunFailed',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
    const count = await run(distributed(work, { ToleratedFailureCount: 2 }), options);
    const failed = (input: string) =>
      expect.objectContaining({ Error: 'Bad', Input: input, Status: 'FAILED' });
    expect(count.result.output).toEqual([1, failed('2'), failed('3'), 4]);
    const share = await run(distributed(work, { ToleratedFailurePercentage: 49 }), options);
    expect(share.result.status).toBe('FAILED');
    const path = await run(
      distributed(work, { ItemsPath: '$.list', ToleratedFailurePercentagePath: '$.share' }),
      { ...options, input: { list: [1, 2, 3, 4], share: 50 } },
    );
    expect(path.result.output).toEqual([1, failed('2'), failed('3'), 4]);
  });

  it.each([
    ['no writer', undefined, [1], [4]],
    ['COMPACT', { Transformation: 'COMPACT', OutputType: 'JSON' }, [1], [4]],
    ['FLATTEN', { Transformation: 'FLATTEN', OutputType: 'JSON' }, 1, 4],
  ])('keeps the place of a tolerated failure: %s', async (_name, config, first, last) => {
    const { result } = await run(
      distributed(work, {
        ToleratedFailurePercentage: 50,
        ...(config !== undefined && { ResultWriter: { WriterConfig: config } }),
      }),
      {
        input: [1, 2, 4],
        task: ({ input }) => {
          if (input === 2) throw new TaskFailure('Bad', 'why');
          return [input];
        },
      },
    );
    expect(result.output).toEqual([
      first,
      {
        Cause: 'why',
        Error: 'Bad',
        ExecutionArn: expect.stringMatching(/:execution:main\/each:/) as string,
        Input: '2',
        InputDetails: { Included: true },
        Name: expect.any(String) as string,
        StartDate: '2026-01-31T12:00:00.000Z',
        StateMachineArn: arnOf('main/each'),
        Status: 'FAILED',
        StopDate: '2026-01-31T12:00:00.000Z',
      },
      last,
    ]);
  });

  it('shows every child as its execution record under Transformation NONE', async () => {
    const { result } = await run(
      distributed(work, {
        ToleratedFailureCount: 1,
        ResultWriter: { WriterConfig: { Transformation: 'NONE', OutputType: 'JSON' } },
      }),
      {
        input: [1, 2],
        task: ({ input }) => {
          if (input === 1) throw new TaskFailure('Bad');
          return input;
        },
      },
    );
    expect(result.output).toMatchObject([
      { Status: 'FAILED', Error: 'Bad', Input: '1' },
      { Status: 'SUCCEEDED', Output: '2', OutputDetails: { Included: true } },
    ]);
  });

  it('runs no more children at once than MaxConcurrency says', async () => {
    const { result } = await run(
      distributed({ W: { Type: 'Wait', Seconds: 10, End: true } }, { MaxConcurrency: 2 }),
      { input: [1, 2, 3] },
    );
    expect(result.stopDate - result.startDate).toBe(20_000);
  });

  it.each([
    ['JSON', { InputType: 'JSON' }, '[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ['JSON with a pointer', { InputType: 'JSON', ItemsPointer: '/x/y' }, '{"x":{"y":[1]}}', [1]],
    ['a JSON object', { InputType: 'JSON' }, '{"k":1}', [{ Key: 'k', Value: 1 }]],
    ['JSONL', { InputType: 'JSONL' }, '{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    [
      'CSV with its own header',
      { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      'id,text\r\n1,"a, ""b"""\r\n2\r\n3,c,dropped\r\n',
      [
        { id: '1', text: 'a, "b"' },
        { id: '2', text: '' },
        { id: '3', text: 'c' },
      ],
    ],
    [
      'CSV with given headers and a delimiter',
      {
        InputType: 'CSV',
        CSVHeaderLocation: 'GIVEN',
        CSVHeaders: ['a', 'b'],
        CSVDelimiter: 'PIPE',
      },
      '1|2\n3|4',
      [
        { a: '1', b: '2' },
        { a: '3', b: '4' },
      ],
    ],
    ['at most MaxItems', { InputType: 'JSON', MaxItems: 1 }, '[1,2]', [1]],
  ])('reads %s', async (_name, config, text, expected) => {
    const { result } = await run(distributed(pass, reader(config)), {
      objectStore: memoryStore({ 'b/items': text }),
    });
    expect(result.output).toEqual(expected);
  });

  it('lists objects by prefix', async () => {
    const { result } = await run(
      distributed(pass, {
        ItemReader: {
          Resource: 'arn:aws:states:::s3:listObjectsV2',
          Parameters: { Bucket: 'b', Prefix: 'in/' },
        },
      }),
      { objectStore: memoryStore({ 'b/in/1': 'x', 'b/out/2': 'y' }) },
    );
    expect(result.output).toEqual([
      { Etag: '"e"', Key: 'in/1', LastModified: 1, Size: 1, StorageClass: 'STANDARD' },
    ]);
  });

  it.each([
    ['no such object', {}, undefined],
    ['no array in it', { InputType: 'JSON' }, '1'],
    ['no JSON in it', { InputType: 'JSON' }, 'x'],
  ])('fails with States.ItemReaderFailed: %s', async (_name, config, text) => {
    const { result } = await run(distributed(pass, reader(config)), {
      objectStore: memoryStore(text === undefined ? {} : { 'b/items': text }),
    });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed' });
  });

  it('batches items, with BatchInput beside them', async () => {
    const { result } = await run(
      distributed(pass, {
        ItemsPath: '$.list',
        ItemSelector: { 'v.$': '$$.Map.Item.Value' },
        ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { 'by.$': '$.by' } },
      }),
      { input: { list: [1, 2, 3], by: 'me' } },
    );
    expect(result.output).toEqual([
      { BatchInput: { by: 'me' }, Items: [{ v: 1 }, { v: 2 }] },
      { BatchInput: { by: 'me' }, Items: [{ v: 3 }] },
    ]);
  });

  it('writes results and a manifest, and gives where they are', async () => {
    const store = memoryStore();
    const { result } = await run(
      distributed(work, {
        ToleratedFailureCount: 1,
        ResultWriter: {
          Resource: 'arn:aws:states:::s3:putObject',
          Parameters: { Bucket: 'out', Prefix: 'p' },
        },
      }),
      {
        input: [1, 2],
        objectStore: store,
        task: ({ input }) => {
          if (input === 2) throw new TaskFailure('Bad');
          return input;
        },
      },
    );
    const output = result.output as {
      MapRunArn: string;
      ResultWriterDetails: { Bucket: string; Key: string };
    };
    const { Bucket, Key } = output.ResultWriterDetails;
    const manifest = JSON.parse(store.text(Bucket, Key)) as {
      ResultFiles: { [status: string]: { Key: string }[] };
    };
    expect(manifest).toMatchObject({ DestinationBucket: 'out', MapRunArn: output.MapRunArn });
    const read = (status: string): Json =>
      JSON.parse(store.text('out', manifest.ResultFiles[status]?.[0]?.Key ?? '')) as Json;
    expect(read('SUCCEEDED')).toMatchObject([{ Input: '1', Output: '1', Status: 'SUCCEEDED' }]);
    expect(read('FAILED')).toMatchObject([{ Input: '2', Error: 'Bad', Status: 'FAILED' }]);
  });

  it('redrives only the children that failed, in the same Map Run', async () => {
    const inputs: Json[] = [];
    const { engine, all } = engineWith(distributed(work, { MaxConcurrency: 1 }), {
      task: ({ input }) => {
        inputs.push(input);
        if (inputs.length === 2) throw new TaskFailure('Bad');
        return input;
      },
    });
    const execution = engine.startExecution({ stateMachineArn: arnOf('main'), input: [1, 2, 3] });
    expect((await execution.result).status).toBe('FAILED');
    execution.redrive();
    expect((await execution.result).output).toEqual([1, 2, 3]);
    expect(inputs).toEqual([1, 2, 2, 3]);
    const types = all
      .filter(({ executionArn }) => executionArn === execution.arn)
      .map(({ event }) => event.type);
    expect(types.slice(types.indexOf('ExecutionRedriven'))).toEqual([
      'ExecutionRedriven',
      'MapRunRedriven',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
  });
});
