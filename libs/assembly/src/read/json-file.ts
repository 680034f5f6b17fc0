import { readFile } from 'node:fs/promises';
import { isObject } from '@harmony/schema';
import { AssemblyError } from '../errors.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** `value[key]` where that is an object, else an empty one. */
export function objectAt(value: unknown, key: string): JsonObject {
  const found = isObject(value) ? value[key] : undefined;
  return isObject(found) ? found : {};
}

/** Reads a file of the assembly. @throws AssemblyError `ASSEMBLY_INVALID` */
export async function readJsonFile(file: string): Promise<JsonObject> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new AssemblyError(
      'ASSEMBLY_INVALID',
      `${file} cannot be read as JSON: ${(cause as Error).message}. Synthesise the assembly again.`,
      { cause },
    );
  }
  if (!isObject(value)) {
    throw new AssemblyError(
      'ASSEMBLY_INVALID',
      `${file} holds no JSON object. Synthesise the assembly again.`,
    );
  }
  return value;
}
