import { EvaluationScope } from '../core/scope.ts';
import type { Thread } from '../core/port.ts';
import { StatesError } from '../errors.ts';
import { compileJsonataField } from '../compile/flow-jsonata.ts';
import { compileTemplateField } from '../compile/flow-jsonpath.ts';
import { Unsupported } from '../compile/unsupported.ts';
import { bare, compileNumberField, fieldWording } from '../compile/number-field.ts';
import { objectField, stringField, type CompileContext } from '../compile/context.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { MaybePromise } from '../expressions/types.ts';
import type { ObjectStore } from '../object-store.ts';
import { delimiters, parseCsv, rowsToItems } from './csv.ts';

/** A Map Run's items: an array, or an object whose entries are the items. */
export interface ReadPlan {
  readonly bucket: string;
  readonly key: string;
  readonly maxItems: number;
}

export interface ItemReader {
  plan(thread: Thread, view: Json): MaybePromise<ReadPlan>;
  /** Throws StatesError States.ItemReaderFailed. */
  read(store: ObjectStore | undefined, plan: ReadPlan): Promise<Json[]>;
}

export function compileItemReader(
  definition: JsonObject,
  context: CompileContext,
): ItemReader | undefined {
  const reader = objectField(definition, 'ItemReader');
  if (reader === undefined) return undefined;
  const config = objectField(reader, 'ReaderConfig') ?? {};
  const lists = stringField(reader, 'Resource')?.endsWith(':listObjectsV2') === true;
  const type = stringField(config, 'InputType') ?? 'JSON';
  if (!lists && !readers.has(type)) {
    throw new Unsupported(`ItemReader of InputType ${type} is not supported by this engine`);
  }
  const parameters =
    context.language === 'JSONata'
      ? compileJsonataField(reader, 'Arguments', context, 'ItemReader/')
      : compileTemplateField(reader, 'Parameters', context);
  const maxItems = compileNumberField(config, 'MaxItems', context, {
    ...fieldWording({ kind: 'integer', outOfRange: () => undefined }),
    error: 'States.ItemReaderFailed',
    notANumber: (field, path, value) =>
      `The ${field} field refers to value '${bare(value)}' which is not a valid integer: ${path}`,
  });
  const toPlan = (value: Json, max: number | undefined): ReadPlan => {
    const fields = isObject(value) ? value : {};
    const text = (name: string): string => {
      const field = fields[name];
      return typeof field === 'string' ? field : '';
    };
    return {
      bucket: text('Bucket'),
      key: text(lists ? 'Prefix' : 'Key'),
      maxItems: max ?? Infinity,
    };
  };
  return {
    plan(thread, view) {
      const scope = new EvaluationScope(thread, view);
      const value = parameters === undefined ? {} : parameters.evaluate(scope);
      const max = maxItems?.(thread, view);
      if (value instanceof Promise || max instanceof Promise) {
        return Promise.all([value, max]).then(([ready, limit]) => toPlan(ready, limit));
      }
      return toPlan(value, max);
    },
    async read(store, plan) {
      if (plan.maxItems < 0) throw readerFailed('field MaxItems must be positive');
      if (store === undefined) {
        throw readerFailed('this engine has no object store to read items from');
      }
      const items = lists ? await listItems(store, plan) : await fileItems(store, plan, config);
      return items.length > plan.maxItems ? items.slice(0, plan.maxItems) : items;
    },
  };
}

async function listItems(store: ObjectStore, plan: ReadPlan): Promise<Json[]> {
  const objects = await store.listObjects(plan.bucket, plan.key);
  return objects.map(({ key, size, lastModified, etag }) => ({
    Etag: etag,
    Key: key,
    LastModified: Math.floor(lastModified / 1000),
    Size: size,
    StorageClass: 'STANDARD',
  }));
}

async function fileItems(store: ObjectStore, plan: ReadPlan, config: JsonObject): Promise<Json[]> {
  const bytes = await store.getObject(plan.bucket, plan.key);
  if (bytes === undefined) {
    throw readerFailed(
      `The specified key does not exist: bucket '${plan.bucket}', key '${plan.key}'.`,
    );
  }
  const text = new TextDecoder('utf-8').decode(bytes);
  const read = readers.get(stringField(config, 'InputType') ?? 'JSON');
  return read === undefined ? [] : read(text, config);
}

/** By InputType. */
const readers: ReadonlyMap<string, (text: string, config: JsonObject) => Json[]> = new Map([
  ['JSON', (text, config) => jsonItems(text, stringField(config, 'ItemsPointer'))],
  ['JSONL', (text) => text.split('\n').filter(notBlank).map(parseJson)],
  ['CSV', csvItems],
]);

function notBlank(line: string): boolean {
  return line.trim() !== '';
}

function jsonItems(text: string, pointer: string | undefined): Json[] {
  const value = pointer === undefined ? parseJson(text) : resolvePointer(parseJson(text), pointer);
  if (Array.isArray(value)) return value;
  // An object's entries are its items (AWS documentation, input-output-itemreader).
  if (isObject(value)) return Object.entries(value).map(([Key, Value]) => ({ Key, Value }));
  throw readerFailed('Attempting to map over non-iterable node.');
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw readerFailed('Unable to parse the file as JSON.');
  }
}

/** RFC 6901. */
function resolvePointer(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const segment of pointer.split('/').slice(1)) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) value = value[Number(key)];
    else value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

function csvItems(text: string, config: JsonObject): Json[] {
  const delimiter = delimiters[stringField(config, 'CSVDelimiter') ?? 'COMMA'] ?? ',';
  const rows = parseCsv(text.replace(/^\uFEFF/, ''), delimiter);
  const given = config['CSVHeaders'];
  const headers = Array.isArray(given) ? given.map(String) : rows.shift();
  if (headers === undefined) return [];
  return rowsToItems(headers, rows).map((row) => JSON.parse(JSON.stringify(row)) as Json);
}

function readerFailed(cause: string): StatesError {
  return new StatesError('States.ItemReaderFailed', cause);
}
