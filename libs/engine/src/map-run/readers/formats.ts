import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { delimiters, parseCsv, rowsToItems } from './csv.ts';
import { parquetItems } from './parquet.ts';
import type { ReaderConfig } from './reader-config.ts';
import { readerFailed } from './reader-failed.ts';

/**
 * Makes of a file's bytes what is mapped over: an array, or an object whose entries are the items.
 * Throws StatesError States.ItemReaderFailed.
 */
export type FormatReader = (
  bytes: Uint8Array,
  config: ReaderConfig,
) => Json[] | JsonObject | Promise<Json[]>;

/** By InputType: what one file holds. */
export const formatReaders: { readonly [type: string]: FormatReader } = {
  JSON: (bytes, { itemsPointer }) => jsonItems(utf8(bytes), itemsPointer),
  JSONL: (bytes) => utf8(bytes).split('\n').filter(notBlank).map(parseJson),
  CSV: (bytes, config) => csvItems(utf8(bytes), config),
  PARQUET: parquetItems,
};

/**
 * A file's own bytes: those of `.gz` and `.zst` are decompressed, as the documentation has it for
 * CSV and JSON Lines.
 */
export function uncompressed(bytes: Uint8Array, key: string): Uint8Array {
  try {
    if (key.endsWith('.gz')) return gunzipSync(bytes);
    if (key.endsWith('.zst')) return zstdDecompressSync(bytes);
  } catch {
    throw readerFailed(`Unable to decompress the file '${key}'.`);
  }
  return bytes;
}

export function utf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}

export function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw readerFailed('Unable to parse the file as JSON.');
  }
}

function notBlank(line: string): boolean {
  return line.trim() !== '';
}

function jsonItems(text: string, pointer: string | undefined): Json[] | JsonObject {
  const value = pointer === undefined ? parseJson(text) : resolvePointer(parseJson(text), pointer);
  if (Array.isArray(value) || isObject(value)) return value;
  throw readerFailed('Attempting to map over non-iterable node.');
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

function csvItems(text: string, config: ReaderConfig): Json[] {
  const rows = parseCsv(text.replace(/^\uFEFF/, ''), delimiters[config.csvDelimiter] ?? ',');
  const headers = config.csvHeaders ?? rows.shift();
  if (headers === undefined) return [];
  if (new Set(headers).size < headers.length) {
    throw readerFailed('CSV headers cannot contain duplicates.');
  }
  return rowsToItems(headers, rows);
}
