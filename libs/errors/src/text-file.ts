import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { HarmonyError } from './harmony-error.ts';

/** More than any definition (1 MB) or input (256 KiB) that Step Functions takes; a device never ends. */
const MAX_MIB = 16;

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "you don't have permission to read it",
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'its name is longer than the system takes',
  ENOENT: 'there is no such file',
  ENOTDIR: "a part of its path isn't a folder",
  ERR_INVALID_ARG_VALUE: 'its name is none that the system takes',
};

/** A text that cannot be read; what was refused, and why, in words. */
export class UnreadableText extends HarmonyError<'FILE_UNREADABLE'> {
  override readonly name = 'UnreadableText';
}

/** As `readTextFile`; undefined only where there is no such file. */
export async function readTextIfThere(file: string, name?: string): Promise<string | undefined> {
  try {
    return await readTextFile(file, name);
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException;
    if (error instanceof UnreadableText && code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Reads a file of a workspace. A pipe or a device in its place is refused, not waited for.
 * @param name as messages should call it
 * @returns without a byte-order mark
 * @throws UnreadableText where it cannot be read, is no UTF-8 text or is larger than 16 MiB
 */
export async function readTextFile(file: string, name = file): Promise<string> {
  try {
    // Opening a pipe would wait for its writer.
    await using handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const found = await handle.stat();
    if (!found.isFile() && !found.isDirectory()) {
      throw new UnreadableText('FILE_UNREADABLE', `${name} cannot be read: it isn't a plain file.`);
    }
    const stream = handle.createReadStream({ autoClose: false });
    return (await readToEnd(stream, name)).replace(/^\uFEFF/, '');
  } catch (error) {
    throw unreadable(error, name);
  }
}

/** Reads a stream to its end, no further than 16 MiB. @throws UnreadableText as `readTextFile` */
export async function readToEnd(stream: Readable, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAX_MIB * 1024 * 1024) break;
    }
  } catch (error) {
    throw unreadable(error, name);
  }
  if (length > MAX_MIB * 1024 * 1024) {
    const message = `${name} is larger than ${MAX_MIB} MiB, more than harmony reads.`;
    throw new UnreadableText('FILE_UNREADABLE', message);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    const message = `${name} isn't UTF-8 text: save it as UTF-8.`;
    throw new UnreadableText('FILE_UNREADABLE', message, { cause });
  }
}

function unreadable(error: unknown, name: string): UnreadableText {
  if (error instanceof UnreadableText) return error;
  const { code = 'unreadable', message } = error as NodeJS.ErrnoException;
  const reason = REASONS[code] ?? message;
  const told = `${name} cannot be read: ${reason} (${code}).`;
  return new UnreadableText('FILE_UNREADABLE', told, { cause: error });
}
