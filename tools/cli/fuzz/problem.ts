import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CallResult } from '../src/testing/call.ts';
import { call } from '../src/testing/call.ts';
import { READERS } from './readers.ts';

/** A file's content for one reader: text, or bytes that are none. */
export type Case = { readonly reader: string } & (
  { readonly text: string } | { readonly base64: string }
);

/** Bytes as a case keeps them. */
export function caseOf(reader: string, bytes: Buffer): Case {
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes)
    ? { reader, text }
    : { reader, base64: bytes.toString('base64') };
}

export function bytesOf(tried: Case): Buffer {
  return 'text' in tried ? Buffer.from(tried.text) : Buffer.from(tried.base64, 'base64');
}

/** Real milliseconds that no file may take. */
export const PATIENCE_MS = 20_000;

/**
 * What is wrong with how the command takes a file; undefined where nothing is. The file is put back.
 * @param root of the workspace of `readable`
 */
export async function problemWith(tried: Case, root: string): Promise<string | undefined> {
  const reader = READERS[tried.reader];
  if (reader === undefined) return `there is no reader ${tried.reader}`;
  const file = join(root, reader.file);
  await mkdir(dirname(file), { recursive: true });
  const proper = await readFile(file);
  await writeFile(file, bytesOf(tried));
  try {
    return await problemOf(() => call(reader.args, { cwd: root }));
  } finally {
    await writeFile(file, proper);
  }
}

/** The words of a fault of JavaScript: what it stands for should have been refused by name. */
const FAULT =
  /is not a function|is not iterable|Cannot (?:read|convert|set|destructure|access)|undefined \(|Maximum call stack|Invalid (?:array|string|time) |\[object Object\]/;

/** A fault, a failure without a word, words that only a fault has, or too long a time. */
export async function problemOf(run: () => Promise<CallResult>): Promise<string | undefined> {
  const began = performance.now();
  try {
    const { status, stdout, stderr } = await run();
    const took = performance.now() - began;
    if (took > PATIENCE_MS) return `took ${Math.round(took)} ms`;
    if (status !== 0 && `${stdout}${stderr}`.trim() === '')
      return `status ${status} without a word`;
    const words = FAULT.exec(`${stdout}${stderr}`);
    return words === null
      ? undefined
      : `told in the words of a fault: ${around(stdout + stderr, words.index)}`;
  } catch (fault) {
    return `a fault: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`;
  }
}

function around(text: string, index: number): string {
  return text.slice(Math.max(0, index - 100), index + 100);
}
