import type { Thread } from '../core/port.ts';
import { compileNumberField, fieldWording } from '../compile/number-field.ts';
import { inside, objectField, stringField, type CompileContext } from '../compile/context.ts';
import type { Json, JsonObject } from '../json.ts';
import type { ObjectStore } from '../object-store.ts';
import { compileCallParameters } from './call-parameters.ts';
import { MapItems, sectionOf, type ItemSection } from './map-items.ts';
import { formatReaders, uncompressed } from './readers/formats.ts';
import { athenaFiles, readInventory, type DataFile } from './readers/manifests.ts';
import { resolveReaderConfig, type ReaderConfig } from './readers/reader-config.ts';
import { readerFailed } from './readers/reader-failed.ts';

/** What to read, resolved for one run. */
export interface ReadPlan {
  readonly bucket: string;
  /** An object's key, or the prefix of a list. */
  readonly key: string;
  readonly maxItems: number;
}

export interface ItemReader {
  plan(thread: Thread, view: Json): ReadPlan;
  /** Throws StatesError States.ItemReaderFailed. */
  read(store: ObjectStore | undefined, plan: ReadPlan): Promise<MapItems>;
}

export function compileItemReader(
  definition: JsonObject,
  context: CompileContext,
): ItemReader | undefined {
  const reader = objectField(definition, 'ItemReader');
  if (reader === undefined) return undefined;
  const settings = objectField(reader, 'ReaderConfig') ?? {};
  const lists = stringField(reader, 'Resource')?.endsWith(':listObjectsV2') === true;
  const config = resolveReaderConfig(settings, lists);
  const keyName = lists ? 'Prefix' : 'Key';
  const names = ['Bucket', keyName];
  const parameters = compileCallParameters(reader, 'ItemReader', names, context, readerFailed);
  const maxItems = compileNumberField(
    settings,
    'MaxItems',
    inside(context, 'ItemReader/ReaderConfig'),
    fieldWording({ kind: 'integer', outOfRange: () => undefined }),
  );
  return {
    plan(thread, view) {
      const text = parameters?.(thread, view);
      return {
        bucket: text?.('Bucket') ?? '',
        key: text?.(keyName) ?? '',
        // 0 is no limit, as the service has it.
        maxItems: maxItems?.(thread, view) || Infinity,
      };
    },
    async read(store, plan) {
      if (plan.maxItems < 0) throw readerFailed('field MaxItems must be positive');
      if (store === undefined) {
        throw readerFailed('this engine has no object store to read items from');
      }
      return readDataset(store, plan, config);
    },
  };
}

async function readDataset(
  store: ObjectStore,
  plan: ReadPlan,
  config: ReaderConfig,
): Promise<MapItems> {
  const { bucket, key, maxItems } = plan;
  if (config.dataset === 'OBJECT_LIST') {
    const section = sectionOf(await listItems(store, plan), `S3://${bucket}`);
    return new MapItems([section], maxItems);
  }
  if (config.dataset === 'S3_INVENTORY') {
    const { files, headers } = readInventory(await bytesOf(store, { bucket, key }), bucket);
    return readFiles(store, files, { ...config, csvHeaders: headers }, maxItems);
  }
  return readFiles(store, await dataFiles(store, plan, config), config, maxItems);
}

async function dataFiles(
  store: ObjectStore,
  { bucket, key }: ReadPlan,
  { dataset }: ReaderConfig,
): Promise<readonly DataFile[]> {
  if (dataset === 'OBJECTS') {
    const objects = await store.listObjects(bucket, key);
    // What the console makes for a folder is an object without content.
    return objects
      .filter((object) => object.size > 0)
      .map((object) => ({ bucket, key: object.key }));
  }
  if (dataset === 'ATHENA_MANIFEST') return athenaFiles(await bytesOf(store, { bucket, key }));
  return [{ bucket, key }];
}

/** The items of all files, one file after the other, up to `maxItems`. */
async function readFiles(
  store: ObjectStore,
  files: readonly DataFile[],
  config: ReaderConfig,
  maxItems: number,
): Promise<MapItems> {
  const read = formatReaders[config.format ?? ''];
  if (read === undefined) throw readerFailed(`InputType ${config.format ?? ''} is not known`);
  const sections: ItemSection[] = [];
  let count = 0;
  for (const file of files) {
    if (count >= maxItems) break;
    const bytes = uncompressed(await bytesOf(store, file), file.key);
    const section = sectionOf(await read(bytes, config), `S3://${file.bucket}/${file.key}`);
    count += section.items.length;
    sections.push(section);
  }
  return new MapItems(sections, maxItems);
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

async function bytesOf(store: ObjectStore, { bucket, key }: DataFile): Promise<Uint8Array> {
  const bytes = await store.getObject(bucket, key);
  if (bytes !== undefined) return bytes;
  throw readerFailed(`The specified key does not exist: bucket '${bucket}', key '${key}'.`);
}
