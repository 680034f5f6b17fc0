import { stringField } from '../../compile/context.ts';
import type { JsonObject } from '../../json.ts';

/**
 * What is read: one file, the list of a prefix's objects or what is in them, or the files that a
 * manifest of Athena or of S3 Inventory names.
 */
export type Dataset = 'FILE' | 'OBJECT_LIST' | 'OBJECTS' | 'ATHENA_MANIFEST' | 'S3_INVENTORY';

/** ReaderConfig, resolved: what it says and what it leaves unsaid. */
export interface ReaderConfig {
  readonly dataset: Dataset;
  /** Of the files that hold the items; undefined for a list of objects, whose items they are. */
  readonly format: string | undefined;
  readonly csvDelimiter: string;
  /** Undefined: each file's first row. */
  readonly csvHeaders: readonly string[] | undefined;
  readonly itemsPointer: string | undefined;
}

/** @param lists whether Resource is s3:listObjectsV2 */
export function resolveReaderConfig(config: JsonObject, lists: boolean): ReaderConfig {
  const inputType = stringField(config, 'InputType');
  const headers = config['CSVHeaders'];
  const dataset = datasetOf(config, lists);
  return {
    dataset,
    format: formatOf(dataset, inputType),
    csvDelimiter: stringField(config, 'CSVDelimiter') ?? 'COMMA',
    csvHeaders: Array.isArray(headers) ? headers.map(String) : undefined,
    itemsPointer: stringField(config, 'ItemsPointer'),
  };
}

function datasetOf(config: JsonObject, lists: boolean): Dataset {
  const manifest = stringField(config, 'ManifestType');
  if (lists) {
    return stringField(config, 'Transformation') === 'LOAD_AND_FLATTEN' ? 'OBJECTS' : 'OBJECT_LIST';
  }
  if (manifest === 'ATHENA_DATA') return 'ATHENA_MANIFEST';
  // MANIFEST alone is the older name of an inventory.
  const inventory = manifest === 'S3_INVENTORY' || config['InputType'] === 'MANIFEST';
  return inventory ? 'S3_INVENTORY' : 'FILE';
}

function formatOf(dataset: Dataset, inputType: string | undefined): string | undefined {
  switch (dataset) {
    case 'OBJECT_LIST':
      return undefined;
    case 'S3_INVENTORY':
      return 'CSV';
    default:
      return inputType ?? 'JSON';
  }
}
