import { describe, expect, it } from 'vitest';
import { InvalidDefinition, TaskFailure, type Json, type JsonObject } from '../index.ts';
import { memoryStore } from '../testing/memory-store.ts';
import { run, type TaskAnswer } from '../testing/run.ts';
import {
  itemReaderFields,
  readerConfigFields,
  resultWriterFields,
  writerConfigFields,
} from './map-data-fields.ts';
import { itemBatcherFields } from './map-fields.ts';
import { catcherFields } from './rules/catch.ts';
import { retrierFields } from './rules/retry.ts';
import { stateFields } from './state-fields.ts';

/*
 * Every field that validation accepts is one that the engine reads: two states that differ in that
 * field alone come out differently. A field that is added to a table without a probe here fails.
 */

const input = {
  a: { b: 1 },
  n: 2,
  share: 100,
  at: '2026-02-01T00:00:00Z',
  list: [1, 2, 3],
  text: 'told',
};
const task = 'arn:aws:states:::lambda:invoke';
const callback = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';
const pass = (more: JsonObject = {}): JsonObject => ({ Type: 'Pass', End: true, ...more });
const inner = (state: JsonObject): JsonObject => ({ StartAt: 'In', States: { In: state } });
const distributed = (state: JsonObject = pass()): JsonObject => ({
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
  ...inner(state),
});
const slow = { Type: 'Wait', Seconds: 10, End: true };
const works = { Type: 'Task', Resource: task, End: true };
const jsonata = { QueryLanguage: 'JSONata' };

/** States of each type that end at once; `list` of the input for a Map. */
const bases: { readonly [type: string]: JsonObject } = {
  Pass: pass(),
  Task: works,
  Parallel: { Type: 'Parallel', Branches: [inner(pass())], End: true },
  Map: { Type: 'Map', ItemsPath: '$.list', ItemProcessor: inner(pass()), End: true },
  Choice: { Type: 'Choice', Choices: [{ Variable: '$.n', IsPresent: true, Next: 'Other' }] },
  Wait: { Type: 'Wait', Seconds: 1, End: true },
  Succeed: { Type: 'Succeed' },
  Fail: { Type: 'Fail' },
};
/** The same in JSONata. */
const jsonataBases: { readonly [type: string]: JsonObject } = {
  ...Object.fromEntries(
    Object.entries(bases).map(([type, base]) => [type, { ...base, ...jsonata }]),
  ),
  Map: {
    Type: 'Map',
    ...jsonata,
    Items: '{% $states.input.list %}',
    ItemProcessor: inner(pass()),
    End: true,
  },
  Choice: { Type: 'Choice', ...jsonata, Choices: [{ Condition: true, Next: 'Other' }] },
};

/** Two values of one field, or two whole sets of fields; undefined leaves a field out. */
type Variant = { readonly [field: string]: Json | undefined };
interface Probe {
  readonly one: Variant;
  readonly other: Variant;
  /** What the base of the state's type lacks or has otherwise. */
  readonly base?: Variant;
  readonly language?: 'JSONata';
  readonly task?: TaskAnswer;
  readonly objects?: { readonly [path: string]: string };
}
const field = (
  name: string,
  one: Json | undefined,
  other: Json,
  more: Partial<Probe> = {},
): Probe => ({
  one: { [name]: one },
  other: { [name]: other },
  ...more,
});
const inJsonata = { language: 'JSONata' } as const;
const fails: TaskAnswer = () => {
  throw new TaskFailure('Busy');
};
const failsOnTwo: TaskAnswer = ({ input: item }) => {
  if (item === 2) throw new TaskFailure('Busy');
  return item;
};
const onDistributed = (state?: JsonObject): Variant => ({ ItemProcessor: distributed(state) });

/** A Choice's own Output and Assign are those of its Default. */
const toDefault: Variant = { Choices: [{ Condition: false, Next: 'Other' }], Default: 'Other' };

const onAnyState: { readonly [name: string]: Probe } = {
  QueryLanguage: field('QueryLanguage', undefined, 'JSONata', { base: { Output: 1 } }),
  Next: { one: { End: true }, other: { End: undefined, Next: 'Other' } },
  End: { one: { End: true }, other: { End: undefined, Next: 'Other' } },
  InputPath: field('InputPath', undefined, '$.a'),
  OutputPath: field('OutputPath', undefined, '$.a'),
  Output: field('Output', undefined, 1, inJsonata),
  Assign: field('Assign', undefined, { v: 1 }),
  ResultPath: field('ResultPath', undefined, '$.r'),
  ResultSelector: field('ResultSelector', undefined, { s: 1 }),
  Parameters: field('Parameters', undefined, { p: 1 }),
  Arguments: field('Arguments', undefined, { p: 1 }, inJsonata),
};

const probes: { readonly [field: string]: Probe } = {
  'Map.QueryLanguage': {
    one: { ItemSelector: { 'v.$': '$.n' } },
    other: {
      ...jsonata,
      ItemsPath: undefined,
      Items: '{% $states.input.list %}',
      ItemSelector: { 'v.$': '$.n' },
    },
  },
  'Choice.QueryLanguage': {
    one: {},
    other: { ...jsonata, Choices: [{ Condition: true, Next: 'Other', Output: {} }] },
  },
  'Choice.Output': field('Output', undefined, {}, { ...inJsonata, base: toDefault }),
  'Choice.Assign': field('Assign', undefined, { v: 1 }, { ...inJsonata, base: toDefault }),
  'Fail.QueryLanguage': field('QueryLanguage', undefined, 'JSONata', {
    base: { Error: '{% "E" %}' },
  }),
  'Pass.Result': field('Result', undefined, 1),
  'Task.Resource': field('Resource', task, 'arn:aws:states:::sqs:sendMessage'),
  'Task.Credentials': field('Credentials', undefined, { RoleArn: 'arn:aws:iam::1:role/r' }),
  'Task.TimeoutSeconds': field('TimeoutSeconds', 5, 9, { base: { Resource: callback } }),
  'Task.TimeoutSecondsPath': field('TimeoutSecondsPath', '$.n', '$.share', {
    base: { Resource: callback },
  }),
  'Task.HeartbeatSeconds': field('HeartbeatSeconds', 5, 9, { base: { Resource: callback } }),
  'Task.HeartbeatSecondsPath': field('HeartbeatSecondsPath', '$.n', '$.share', {
    base: { Resource: callback },
  }),
  'Task.Retry': field('Retry', undefined, [{ ErrorEquals: ['Busy'] }], { task: fails }),
  'Task.Catch': field('Catch', undefined, [{ ErrorEquals: ['Busy'], Next: 'Other' }], {
    task: fails,
  }),
  'Parallel.Branches': field('Branches', [inner(pass())], [inner(pass({ Result: 1 }))]),
  'Parallel.Retry': field('Retry', undefined, [{ ErrorEquals: ['Busy'] }], {
    base: { Branches: [inner(works)] },
    task: fails,
  }),
  'Parallel.Catch': field('Catch', undefined, [{ ErrorEquals: ['Busy'], Next: 'Other' }], {
    base: { Branches: [inner(works)] },
    task: fails,
  }),
  'Map.ItemProcessor': field('ItemProcessor', inner(pass()), inner(pass({ Result: 1 }))),
  'Map.Iterator': {
    one: { Iterator: inner(pass()) },
    other: { Iterator: inner(pass({ Result: 1 })) },
    base: { ItemProcessor: undefined },
  },
  'Map.Items': field('Items', [1], [2], inJsonata),
  'Map.ItemsPath': field('ItemsPath', '$.list', '$.list[0:1]'),
  'Map.ItemSelector': field('ItemSelector', undefined, { s: 1 }),
  'Map.MaxConcurrency': field('MaxConcurrency', 0, 1, { base: { ItemProcessor: inner(slow) } }),
  'Map.MaxConcurrencyPath': field('MaxConcurrencyPath', undefined, '$.n', {
    base: { ItemProcessor: inner(slow) },
  }),
  'Map.ToleratedFailureCount': field('ToleratedFailureCount', 0, 1, {
    base: onDistributed(works),
    task: failsOnTwo,
  }),
  'Map.ToleratedFailureCountPath': field('ToleratedFailureCountPath', undefined, '$.n', {
    base: onDistributed(works),
    task: failsOnTwo,
  }),
  'Map.ToleratedFailurePercentage': field('ToleratedFailurePercentage', 0, 50, {
    base: onDistributed(works),
    task: failsOnTwo,
  }),
  'Map.ToleratedFailurePercentagePath': field(
    'ToleratedFailurePercentagePath',
    undefined,
    '$.share',
    { base: onDistributed(works), task: failsOnTwo },
  ),
  'Map.Label': field('Label', 'one', 'other', {
    base: onDistributed(pass({ Parameters: { 'm.$': '$$.StateMachine.Name' } })),
  }),
  'Map.Retry': field('Retry', undefined, [{ ErrorEquals: ['Busy'] }], {
    base: { ItemProcessor: inner(works) },
    task: fails,
  }),
  'Map.Catch': field('Catch', undefined, [{ ErrorEquals: ['Busy'], Next: 'Other' }], {
    base: { ItemProcessor: inner(works) },
    task: fails,
  }),
  'Choice.Choices': field(
    'Choices',
    [{ Variable: '$.n', IsPresent: true, Next: 'Other' }],
    [{ Variable: '$.n', IsPresent: false, Next: 'Other' }],
  ),
  'Choice.Default': field('Default', undefined, 'Other', {
    base: { Choices: [{ Variable: '$.n', IsPresent: false, Next: 'Other' }] },
  }),
  'Wait.Seconds': field('Seconds', 1, 2),
  'Wait.SecondsPath': field('SecondsPath', '$.n', '$.share', { base: { Seconds: undefined } }),
  'Wait.Timestamp': field('Timestamp', '2026-02-01T00:00:00Z', '2026-02-02T00:00:00Z', {
    base: { Seconds: undefined },
  }),
  'Wait.TimestampPath': field('TimestampPath', '$.at', '$.text', { base: { Seconds: undefined } }),
  'Fail.Error': field('Error', undefined, 'E'),
  'Fail.ErrorPath': field('ErrorPath', undefined, '$.text'),
  'Fail.Cause': field('Cause', undefined, 'c'),
  'Fail.CausePath': field('CausePath', undefined, '$.text'),
};

/** A Map's fields that hold objects: the value of the field, with and without one of its own. */
function within(
  name: string,
  whole: JsonObject,
  key: string,
  one: Json | undefined,
  other: Json | undefined,
  more: Partial<Probe> = {},
): Probe {
  const value = (part: Json | undefined): JsonObject => {
    const rest = without(whole, key);
    return part === undefined ? rest : { ...rest, [key]: part };
  };
  const { base, ...others } = more;
  return {
    one: { [name]: value(one) },
    other: { [name]: value(other) },
    base: { ...onDistributed(), ...base },
    ...others,
  };
}
function without(whole: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== key));
}
const get = 'arn:aws:states:::s3:getObject';
const list = 'arn:aws:states:::s3:listObjectsV2';
const put = 'arn:aws:states:::s3:putObject';
const objects = {
  'b/json': '{"deep":[7],"list":[1,2]}',
  'b/csv': 'x,y|z\n1,2|3\n',
  'b/in/1': '[{"n":1}]',
  'b/athena': 's3://b/in/1\n',
  'b/inventory': '{"fileSchema":"k","files":[{"key":"rows"}]}',
  'b/rows': 'v\n',
};
const read = (key: string, ReaderConfig: JsonObject): JsonObject => ({
  Resource: get,
  Parameters: { Bucket: 'b', Key: key },
  ReaderConfig,
});
const listed = (ReaderConfig: JsonObject): JsonObject => ({
  Resource: list,
  Parameters: { Bucket: 'b', Prefix: 'in/' },
  ReaderConfig,
});
const config = (reader: JsonObject, key: string, one: Json | undefined, other: Json): Probe => {
  const change = (value: Json | undefined): JsonObject => {
    const rest = without(reader['ReaderConfig'] as JsonObject, key);
    return { ...reader, ReaderConfig: value === undefined ? rest : { ...rest, [key]: value } };
  };
  return {
    one: { ItemReader: change(one) },
    other: { ItemReader: change(other) },
    base: onDistributed(),
    objects,
  };
};
const csv = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };
const nested: { readonly [field: string]: Probe } = {
  'ItemReader.Resource': {
    one: { ItemReader: read('in/1', {}) },
    other: { ItemReader: { ...listed({}) } },
    base: onDistributed(),
    objects,
  },
  'ItemReader.Parameters': within(
    'ItemReader',
    read('json', {}),
    'Parameters',
    { Bucket: 'b', Key: 'in/1' },
    { Bucket: 'b', Key: 'json' },
    { objects },
  ),
  'ItemReader.Arguments': within(
    'ItemReader',
    { Resource: get },
    'Arguments',
    { Bucket: 'b', Key: 'in/1' },
    { Bucket: 'b', Key: 'json' },
    { objects, ...inJsonata, base: { Items: undefined } },
  ),
  'ReaderConfig.InputType': config(read('in/1', {}), 'InputType', 'JSON', 'JSONL'),
  'ReaderConfig.Transformation': {
    one: { ItemReader: listed({}) },
    other: { ItemReader: listed({ Transformation: 'LOAD_AND_FLATTEN', InputType: 'JSON' }) },
    base: onDistributed(),
    objects,
  },
  'ReaderConfig.ManifestType': {
    one: {
      ItemReader: read('athena', {
        InputType: 'CSV',
        CSVHeaderLocation: 'GIVEN',
        CSVHeaders: ['h'],
      }),
    },
    other: {
      ItemReader: read('athena', {
        ManifestType: 'ATHENA_DATA',
        InputType: 'CSV',
        CSVHeaderLocation: 'GIVEN',
        CSVHeaders: ['h'],
      }),
    },
    base: onDistributed(),
    objects,
  },
  'ReaderConfig.CSVDelimiter': config(read('csv', csv), 'CSVDelimiter', undefined, 'PIPE'),
  'ReaderConfig.CSVHeaderLocation': {
    one: { ItemReader: read('csv', csv) },
    other: {
      ItemReader: read('csv', { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['a'] }),
    },
    base: onDistributed(),
    objects,
  },
  'ReaderConfig.CSVHeaders': config(
    read('csv', { InputType: 'CSV', CSVHeaderLocation: 'GIVEN' }),
    'CSVHeaders',
    ['a'],
    ['b'],
  ),
  'ReaderConfig.ItemsPointer': config(
    read('json', { InputType: 'JSON' }),
    'ItemsPointer',
    '/deep',
    '/list',
  ),
  'ReaderConfig.MaxItems': config(
    read('json', { InputType: 'JSON', ItemsPointer: '/list' }),
    'MaxItems',
    undefined,
    1,
  ),
  'ReaderConfig.MaxItemsPath': config(
    read('json', { InputType: 'JSON', ItemsPointer: '/list' }),
    'MaxItemsPath',
    undefined,
    '$.a.b',
  ),
  'ItemBatcher.BatchInput': within(
    'ItemBatcher',
    { MaxItemsPerBatch: 2 },
    'BatchInput',
    undefined,
    { x: 1 },
  ),
  'ItemBatcher.MaxItemsPerBatch': within('ItemBatcher', {}, 'MaxItemsPerBatch', 1, 2),
  'ItemBatcher.MaxItemsPerBatchPath': within(
    'ItemBatcher',
    {},
    'MaxItemsPerBatchPath',
    '$.n',
    '$.share',
  ),
  'ItemBatcher.MaxInputBytesPerBatch': within('ItemBatcher', {}, 'MaxInputBytesPerBatch', 14, 100),
  'ItemBatcher.MaxInputBytesPerBatchPath': within(
    'ItemBatcher',
    {},
    'MaxInputBytesPerBatchPath',
    '$.n',
    '$.share',
  ),
  'ResultWriter.Resource': {
    one: { ResultWriter: { WriterConfig: { OutputType: 'JSON' } } },
    other: {
      ResultWriter: {
        WriterConfig: { OutputType: 'JSON' },
        Resource: put,
        Parameters: { Bucket: 'b' },
      },
    },
    base: onDistributed(),
  },
  'ResultWriter.Parameters': within(
    'ResultWriter',
    { Resource: put },
    'Parameters',
    { Bucket: 'b', Prefix: 'p' },
    { Bucket: 'b', Prefix: 'q' },
  ),
  'ResultWriter.Arguments': within(
    'ResultWriter',
    { Resource: put },
    'Arguments',
    { Bucket: 'b', Prefix: 'p' },
    { Bucket: 'b', Prefix: 'q' },
    inJsonata,
  ),
  'WriterConfig.Transformation': field(
    'ResultWriter',
    { WriterConfig: { Transformation: 'COMPACT' } },
    { WriterConfig: { Transformation: 'NONE' } },
    { base: onDistributed() },
  ),
  'WriterConfig.OutputType': field(
    'ResultWriter',
    { Resource: put, Parameters: { Bucket: 'b' }, WriterConfig: { OutputType: 'JSON' } },
    { Resource: put, Parameters: { Bucket: 'b' }, WriterConfig: { OutputType: 'JSONL' } },
    { base: onDistributed() },
  ),
};

const retry = (key: string, one: Json | undefined, other: Json): Probe => {
  const of = (value: Json | undefined): Variant => ({
    Retry: [{ ErrorEquals: ['Busy'], ...(value !== undefined && { [key]: value }) }],
  });
  return { one: of(one), other: of(other), task: fails };
};
const caught = (
  key: string,
  one: Json | undefined,
  other: Json,
  more: Partial<Probe> = {},
): Probe => {
  const of = (value: Json | undefined): Variant => ({
    Catch: [{ ErrorEquals: ['Busy'], Next: 'Other', ...(value !== undefined && { [key]: value }) }],
  });
  return { one: of(one), other: of(other), task: fails, ...more };
};
const onTask: { readonly [field: string]: Probe } = {
  'Retrier.ErrorEquals': retry('ErrorEquals', ['Busy'], ['Idle']),
  'Retrier.IntervalSeconds': retry('IntervalSeconds', 1, 7),
  'Retrier.MaxAttempts': retry('MaxAttempts', 1, 2),
  'Retrier.BackoffRate': retry('BackoffRate', 1, 3),
  'Retrier.MaxDelaySeconds': retry('MaxDelaySeconds', undefined, 2),
  'Retrier.JitterStrategy': retry('JitterStrategy', 'NONE', 'FULL'),
  'Catcher.ErrorEquals': caught('ErrorEquals', ['Busy'], ['Idle']),
  'Catcher.Next': caught('Next', 'Other', 'Another'),
  'Catcher.Assign': caught('Assign', undefined, { v: 1 }),
  'Catcher.ResultPath': caught('ResultPath', undefined, '$.error'),
  'Catcher.Output': caught('Output', undefined, 1, inJsonata),
};

/** Read by whoever reads the definition; the service does nothing with them either. */
const withoutEffect = new Set(['Comment']);
/** What chooses the table, and what the nested tables are for. */
const elsewhere = new Set([
  'Type',
  'Map.ItemReader',
  'Map.ItemBatcher',
  'Map.ResultWriter',
  'ItemReader.ReaderConfig',
  'ResultWriter.WriterConfig',
]);

async function outcome(type: string, probe: Probe, variant: Variant): Promise<unknown> {
  const base = (probe.language === 'JSONata' ? jsonataBases : bases)[type] ?? {};
  const state = { ...base, ...probe.base, ...variant };
  const present = Object.fromEntries(
    Object.entries(state).filter(([, value]) => value !== undefined),
  ) as JsonObject;
  const written = JSON.stringify(present);
  const others = ['Other', 'Another'].filter((name) => written.includes(`"${name}"`));
  const States: JsonObject = {
    S: present,
    ...Object.fromEntries(
      others.map((name) => [name, pass({ Result: name, ResultPath: '$.went' })]),
    ),
  };
  const asked: Json[] = [];
  const store = memoryStore(probe.objects);
  const kept: string[] = [];
  try {
    const { result, events } = await run(
      { StartAt: 'S', States },
      {
        input,
        objectStore: {
          ...store,
          async putObject(bucket, key, body) {
            kept.push(key.replaceAll(/[0-9a-f-]{36}/g, ''));
            await store.putObject(bucket, key, body);
          },
        },
        task: (request) => {
          asked.push([request.resource, request.input, request.credentials ?? null]);
          if (request.taskToken !== undefined) return {};
          return probe.task === undefined ? request.input : probe.task(request);
        },
      },
    );
    return {
      status: result.status,
      output: JSON.stringify(result.output)?.replaceAll(/[0-9a-f-]{36}/g, '') ?? null,
      error: result.error,
      cause: result.cause,
      took: result.stopDate - result.startDate,
      asked,
      kept,
      assigned: events.map((event) => event.stateExitedEventDetails?.['assignedVariables'] ?? null),
    };
  } catch (error) {
    if (!(error instanceof InvalidDefinition)) throw error;
    return { refused: error.diagnostics.map(({ pointer, message }) => [pointer, message]) };
  }
}

const tables: [string, string, Probe | undefined][] = [
  ...Object.entries(stateFields).flatMap(([type, table]) =>
    Object.keys(table).map((name): [string, string, Probe | undefined] => [
      `${type}.${name}`,
      type,
      probes[`${type}.${name}`] ?? onAnyState[name],
    ]),
  ),
  ...Object.entries({
    ItemReader: itemReaderFields,
    ReaderConfig: readerConfigFields,
    ItemBatcher: itemBatcherFields,
    ResultWriter: resultWriterFields,
    WriterConfig: writerConfigFields,
  }).flatMap(([name, table]) =>
    Object.keys(table).map((key): [string, string, Probe | undefined] => [
      `${name}.${key}`,
      'Map',
      nested[`${name}.${key}`],
    ]),
  ),
  ...Object.entries({
    Retrier: retrierFields,
    Catcher: { ...catcherFields.JSONPath, ...catcherFields.JSONata },
  }).flatMap(([name, table]) =>
    Object.keys(table).map((key): [string, string, Probe | undefined] => [
      `${name}.${key}`,
      'Task',
      onTask[`${name}.${key}`],
    ]),
  ),
].filter(
  ([path]) =>
    !elsewhere.has(path) &&
    !elsewhere.has(path.split('.')[1] ?? '') &&
    !withoutEffect.has(path.split('.')[1] ?? ''),
);

describe('every field that is accepted', () => {
  it.each(tables)('%s is read', async (path, type, probe) => {
    expect(probe, `a probe for ${path}`).toBeDefined();
    if (probe === undefined) return;
    const [one, other] = [
      await outcome(type, probe, probe.one),
      await outcome(type, probe, probe.other),
    ];
    expect(one).not.toEqual(other);
    // A refusal of both would prove nothing.
    expect(
      [one, other].every((of) => typeof of === 'object' && of !== null && 'refused' in of),
    ).toBe(false);
  });
});
