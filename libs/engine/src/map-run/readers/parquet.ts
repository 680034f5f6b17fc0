import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { Json } from '../../json.ts';
import { readerFailed } from './reader-failed.ts';

/** hyparquet itself reads uncompressed and Snappy pages; these are the other codecs. */
const compressors = {
  BROTLI: (page: Uint8Array) => brotliDecompressSync(page),
  GZIP: (page: Uint8Array) => gunzipSync(page),
  ZSTD: (page: Uint8Array) => zstdDecompressSync(page),
};

/**
 * The rows of a Parquet file as objects, by column name. The reader is loaded when the first file
 * is read: few machines read any.
 */
export async function parquetItems(bytes: Uint8Array): Promise<Json[]> {
  const { parquetReadObjects } = await import('hyparquet');
  const file = bytes.buffer.slice(
    bytes.byteOffset,
    bytes.byteOffset + bytes.byteLength,
  ) as ArrayBuffer;
  try {
    const rows = await parquetReadObjects({ file, compressors });
    return rows.map(toJson);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw readerFailed(`Unable to read the file as Parquet: ${reason}`);
  }
}

/** Integers of 64 bits become numbers, instants ISO texts, raw bytes Base64. */
function toJson(value: unknown): Json {
  switch (typeof value) {
    case 'bigint':
      return Number(value);
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'string':
    case 'boolean':
      return value;
    case 'object':
      break;
    default:
      return null;
  }
  if (value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(toJson);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]));
}
