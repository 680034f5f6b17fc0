import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { readToEnd, UnreadableText } from '@harmony/errors/text-file';
import type { Io } from '../io.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Reads a file that the user named, or what a pipe of that name carries.
 * @param file as they wrote it, relative to where they are
 * @param what it is, for messages: `the input`; '' where its name says enough
 * @throws UsageError where it cannot be read, is no UTF-8 text or is larger than 16 MiB
 */
export function readText(file: string, what: string, io: Io): Promise<string> {
  const name = [what, file].filter((part) => part !== '').join(' ');
  return textOf(() => createReadStream(resolve(io.cwd, file)), name);
}

/** Reads a stream to its end. @param name of it in messages @throws UsageError as `readText` */
export async function textOf(open: () => Readable, name: string): Promise<string> {
  try {
    return await readToEnd(open(), name);
  } catch (error) {
    if (error instanceof UnreadableText) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
