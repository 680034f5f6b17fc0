import { isObject, type Json } from '../../json.ts';
import { parseCsv } from './csv.ts';
import { parseJson, utf8 } from './formats.ts';
import { readerFailed } from './reader-failed.ts';

/** An object that holds items. */
export interface DataFile {
  readonly bucket: string;
  readonly key: string;
}

/**
 * The files that an Athena UNLOAD query wrote: its manifest holds the URI of one in each line
 * (https://docs.aws.amazon.com/athena/latest/ug/unload.html).
 */
export function athenaFiles(manifest: Uint8Array): DataFile[] {
  return parseCsv(utf8(manifest), ',').map(([uri = '']) => {
    const found = /^s3:\/\/([^/]+)\/(.+)$/i.exec(uri.trim());
    if (found === null) {
      throw readerFailed(`The Athena manifest holds '${uri}', which is not the S3 URI of a file.`);
    }
    return { bucket: found[1] as string, key: found[2] as string };
  });
}

export interface Inventory {
  readonly files: readonly DataFile[];
  readonly headers: readonly string[];
}

/**
 * What an S3 Inventory manifest says: its report's files, and the columns of their rows, which
 * have no header of their own
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html).
 * @param bucket where the manifest lies: its files do too where it names no destination
 */
export function readInventory(bytes: Uint8Array, bucket: string): Inventory {
  const manifest = parseJson(utf8(bytes));
  const { files, fileSchema, fileFormat, destinationBucket } = isObject(manifest) ? manifest : {};
  if (!Array.isArray(files) || typeof fileSchema !== 'string') {
    throw readerFailed('The file is no S3 Inventory manifest: it lacks files or fileSchema.');
  }
  if (fileFormat !== undefined && fileFormat !== 'CSV') {
    throw readerFailed(
      `The S3 Inventory report is ${JSON.stringify(fileFormat)}: only CSV can be read.`,
    );
  }
  const home =
    typeof destinationBucket === 'string' ? destinationBucket.replace(/^arn:.*:::/, '') : bucket;
  return {
    files: files.map((file: Json) => {
      const key = isObject(file) ? file['key'] : undefined;
      if (typeof key !== 'string') {
        throw readerFailed('The S3 Inventory manifest names a file without a key.');
      }
      return { bucket: home, key };
    }),
    headers: fileSchema.split(',').map((column) => column.trim()),
  };
}
