import { gzipSync, zstdCompressSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { Json, StateMachineDefinition } from '../index.ts';
import { memoryStore } from '../testing/memory-store.ts';
import { engineWith, machine, run, shape } from '../testing/run.ts';

const getObject = 'arn:aws:states:::s3:getObject';
const listObjects = 'arn:aws:states:::s3:listObjectsV2';

interface Call {
  readonly Resource?: string;
  readonly Parameters?: object;
  readonly Arguments?: Json;
}

/** A Distributed Map over `more` whose children pass on what they are given. */
function distributed(
  more: object,
  child: { [name: string]: Json } = { P: { Type: 'Pass', End: true } },
): StateMachineDefinition {
  return machine({
    M: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        ...machine(child),
      },
      End: true,
      ...more,
    },
  });
}

function reads(config: object, call: Call = {}, more: object = {}): StateMachineDefinition {
  const of = { Parameters: { Bucket: 'b', Key: 'data' } };
  const reader = { Resource: getObject, ...('Arguments' in call ? {} : of), ...call };
  return distributed({ ItemReader: { ...reader, ReaderConfig: config }, ...more });
}

async function read(
  config: object,
  objects: { [path: string]: string | Uint8Array },
  call: Call = {},
  more: object = {},
) {
  const ran = await run(reads(config, call, more), { objectStore: memoryStore(objects) });
  return ran.result;
}

const parquet = (codec: 'SNAPPY' | 'UNCOMPRESSED') =>
  new Uint8Array(
    parquetWriteBuffer({
      codec,
      columnData: [
        { name: 'id', data: [1n, 2n], type: 'INT64' },
        { name: 'name', data: ['a', 'b'], type: 'STRING' },
        { name: 'share', data: [0.5, 0.25], type: 'DOUBLE' },
        { name: 'on', data: [true, false], type: 'BOOLEAN' },
      ],
    }),
  );
const rows = [
  { id: 1, name: 'a', share: 0.5, on: true },
  { id: 2, name: 'b', share: 0.25, on: false },
];

describe('an ItemReader of one file', () => {
  it.each(['SNAPPY', 'UNCOMPRESSED'] as const)(
    'reads the rows of a Parquet file: %s',
    async (codec) => {
      const { output } = await read({ InputType: 'PARQUET' }, { 'b/data': parquet(codec) });
      expect(output).toEqual(rows);
    },
  );

  it('fails by name on what is no Parquet file', async () => {
    const result = await read({ InputType: 'PARQUET' }, { 'b/data': 'nonsense' });
    expect(result).toMatchObject({ error: 'States.ItemReaderFailed' });
    expect(result.cause).toContain('Parquet');
  });

  it.each([
    ['.gz', gzipSync],
    ['.zst', zstdCompressSync],
  ])('decompresses a file whose key ends in %s', async (ending, compress) => {
    const call = { Parameters: { Bucket: 'b', Key: `data${ending}` } };
    const objects = { [`b/data${ending}`]: compress(Buffer.from('{"a":1}\n{"a":2}')) };
    expect((await read({ InputType: 'JSONL' }, objects, call)).output).toEqual([
      { a: 1 },
      { a: 2 },
    ]);
  });

  it('refuses headers that are there twice', async () => {
    const config = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };
    expect(await read(config, { 'b/data': 'a,a\n1,2' })).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: 'CSV headers cannot contain duplicates.',
    });
  });

  it('takes MaxItems 0 for no limit', async () => {
    const result = await read({ InputType: 'JSON', MaxItems: 0 }, { 'b/data': '[1,2]' });
    expect(result.output).toEqual([1, 2]);
  });

  it('refuses a parameter that its object store would ignore', async () => {
    const call = { Parameters: { Bucket: 'b', Key: 'data', VersionId: 'v' } };
    expect(() => engineWith(reads({ InputType: 'JSON' }, call))).toThrow(
      expect.objectContaining({
        diagnostics: [expect.objectContaining({ code: 'UNSUPPORTED_BY_ENGINE' })],
      }),
    );
  });

  it('fails by name where only the run tells of such a parameter', async () => {
    const late = "{% {'Bucket': 'b', 'Key': 'data', 'VersionId': 'v'} %}";
    const definition = { QueryLanguage: 'JSONata', ...reads({}, { Arguments: late }) };
    const { result } = await run(definition, { objectStore: memoryStore({ 'b/data': '[]' }) });
    expect(result).toMatchObject({ error: 'States.ItemReaderFailed' });
    expect(result.cause).toContain('VersionId');
  });
});

describe('an ItemReader of many files', () => {
  const list = { Resource: listObjects, Parameters: { Bucket: 'b', Prefix: 'in/' } };

  it.each<[string, object, (n: number) => string | Uint8Array, Json[]]>([
    ['JSON', {}, (n) => JSON.stringify([{ n }]), [{ n: 1 }, { n: 2 }]],
    ['JSONL', {}, (n) => `{"n":${n}}\n`, [{ n: 1 }, { n: 2 }]],
    ['CSV', { CSVHeaderLocation: 'FIRST_ROW' }, (n) => `n\n${n}\n`, [{ n: '1' }, { n: '2' }]],
    ['PARQUET', {}, () => parquet('SNAPPY'), [...rows, ...rows]],
  ])('loads and flattens the %s objects of a prefix', async (InputType, config, body, expected) => {
    const objects = { 'b/in/1': body(1), 'b/in/2': body(2), 'b/in/': '', 'b/other': 'x' };
    const whole = { Transformation: 'LOAD_AND_FLATTEN', InputType, ...config };
    expect((await read(whole, objects, list)).output).toEqual(expected);
    const first = await read({ ...whole, MaxItems: 1 }, objects, list);
    expect(first.output).toEqual(expected.slice(0, 1));
  });

  it('lists the objects themselves without that transformation', async () => {
    const result = await read({ Transformation: 'NONE' }, { 'b/in/1': '[1]' }, list);
    expect(result.output).toMatchObject([{ Key: 'in/1', Size: 3 }]);
  });

  it.each<[string, object, string | Uint8Array, Json[]]>([
    ['CSV', { CSVHeaderLocation: 'GIVEN', CSVHeaders: ['a', 'b'] }, '1,2', [{ a: '1', b: '2' }]],
    ['JSONL', {}, '{"a":1}', [{ a: 1 }]],
    ['PARQUET', {}, parquet('SNAPPY'), rows],
  ])('reads what an Athena manifest names as %s', async (InputType, config, body, expected) => {
    const objects = {
      'b/data': 's3://results/out/1\n"s3://results/out/2"\n',
      'results/out/1': body,
      'results/out/2': body,
    };
    const { output } = await read({ ManifestType: 'ATHENA_DATA', InputType, ...config }, objects);
    expect(output).toEqual([...expected, ...expected]);
  });

  it.each([
    ['ManifestType alone', { ManifestType: 'S3_INVENTORY' }],
    ['InputType beside it', { ManifestType: 'S3_INVENTORY', InputType: 'CSV' }],
    ['InputType MANIFEST alone', { InputType: 'MANIFEST' }],
  ])('reads the rows of an S3 inventory: %s', async (_name, config) => {
    const manifest = {
      sourceBucket: 'source',
      destinationBucket: 'arn:aws:s3:::home',
      fileFormat: 'CSV',
      fileSchema: 'Bucket, Key, Size',
      files: [{ key: 'data/1.csv.gz', size: 1 }],
    };
    const { output } = await read(config, {
      'b/data': JSON.stringify(manifest),
      'home/data/1.csv.gz': gzipSync('"source","a.txt","3"\n"source","b%20c.txt","4"\n'),
    });
    expect(output).toEqual([
      { Bucket: 'source', Key: 'a.txt', Size: '3' },
      { Bucket: 'source', Key: 'b%20c.txt', Size: '4' },
    ]);
  });

  it.each([
    ['an inventory in ORC', { fileFormat: 'ORC' }],
    ['a manifest without files', { files: 1 }],
    ['a file without a key', { files: [{}] }],
  ])('fails by name on %s', async (_name, change) => {
    const manifest = { fileFormat: 'CSV', fileSchema: 'Key', files: [], ...change };
    const config = { ManifestType: 'S3_INVENTORY' };
    expect(await read(config, { 'b/data': JSON.stringify(manifest) })).toMatchObject({
      error: 'States.ItemReaderFailed',
    });
  });

  it('fails by name on an Athena manifest that names no file', async () => {
    const config = { ManifestType: 'ATHENA_DATA', InputType: 'JSONL' };
    const result = await read(config, { 'b/data': 'not a uri' });
    expect(result).toMatchObject({ error: 'States.ItemReaderFailed' });
    expect(result.cause).toContain('not a uri');
  });
});

describe('the context object of a Distributed Map', () => {
  const selector = { ItemSelector: { 'item.$': '$$.Map.Item' } };
  const listed = { Resource: listObjects, Parameters: { Bucket: 'b', Prefix: 'data' } };

  it.each<[string, object, Call, object]>([
    ['a file', { InputType: 'JSON' }, {}, { Index: 0, Value: 7, Source: 'S3://b/data' }],
    ['a list of objects', {}, listed, { Index: 0, Value: { Key: 'data' }, Source: 'S3://b' }],
    [
      'the objects of a list',
      { InputType: 'JSON', Transformation: 'LOAD_AND_FLATTEN' },
      listed,
      { Index: 0, Value: 7, Source: 'S3://b/data' },
    ],
  ])('names the source of an item of %s', async (_name, config, call, item) => {
    const { output } = await read(config, { 'b/data': '[7]' }, call, selector);
    expect(output).toMatchObject([{ item }]);
  });

  it('has the key of an object’s entry, in its children too', async () => {
    const child = { P: { Type: 'Pass', Parameters: { 'seen.$': '$$.Map.Item' }, End: true } };
    const { result } = await run(distributed({}, child), { input: { first: 1, second: { x: 2 } } });
    expect(result.output).toEqual([
      { seen: { Index: 0, Key: 'first', Value: 1, Source: 'STATE_DATA' } },
      { seen: { Index: 1, Key: 'second', Value: { x: 2 }, Source: 'STATE_DATA' } },
    ]);
  });
});

describe('a Distributed Map that cannot begin', () => {
  it.each([
    ['ToleratedFailureCountPath', 'which is not a valid integer'],
    ['ToleratedFailurePercentagePath', 'which is not a valid float'],
  ])('evaluates %s after MapStateStarted', async (field, reason) => {
    const definition = distributed({ ItemsPath: '$.list', [field]: '$.n' });
    const { result, events } = await run(definition, { input: { list: [1], n: 'x' } });
    expect(result).toMatchObject({ error: 'States.Runtime' });
    expect(result.cause).toContain(reason);
    expect(shape(events).slice(1)).toEqual([
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 ExecutionFailed',
    ]);
  });

  it('fails with States.Runtime where MaxItemsPath leads to no integer', async () => {
    const definition = reads({ InputType: 'JSON', MaxItemsPath: '$.max' });
    const { result, events } = await run(definition, { input: { max: 1.5 } });
    expect(result).toMatchObject({ error: 'States.Runtime' });
    expect(result.cause).toContain(
      'The MaxItemsPath field refers to value "1.5" which is not a valid integer: $.max',
    );
    expect(shape(events).slice(2)).toEqual(['3<2 MapStateStarted', '4<3 ExecutionFailed']);
  });
});
