import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Io } from '../io.ts';
import { UsageError } from '../usage-error.ts';
import { resolve } from 'node:path';

/** More than any definition (1 MB) or input (256 KiB) that Step Functions takes; a device never ends. */
const MAX_BYTES = 16 * 1024 * 1024;

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "you don't have permission to read it",
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links lead in a circle',
  ENOENT: 'there is no such file',
  ENOTDIR: "a part of its path isn't a folder",
};

/**
 * Reads a file that the user named, or what a pipe of that name carries.
 * @param file as they wrote it, relative to where they are
 * @param what it is, for messages: `the input`; '' where its name says enough
 * @throws UsageError where it cannot be read, is no UTF-8 text or is larger than 16 MiB
 */
export function readText(file: string, what: string, io: Io): Promise<string> {
  return textOf(
    createReadStream(resolve(io.cwd, file)),
    [what, file].filter((part) => part !== '').join(' '),
  );
}

/** Reads a stream to its end. @param name of it in messages @throws UsageError as `readText` */
export async function textOf(stream: Readable, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAX_BYTES) break;
    }
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    const reason = REASONS[code] ?? (error as Error).message;
    throw new UsageError(`${name} cannot be read: ${reason} (${code}).`, { cause: error });
  }
  if (length > MAX_BYTES) {
    throw new UsageError(`${name} is larger than 16 MiB, more than harmony reads.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    throw new UsageError(`${name} isn't UTF-8 text: save it as UTF-8.`, { cause: error });
  }
}
