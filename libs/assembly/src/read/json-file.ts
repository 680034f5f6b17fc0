import { readTextFile } from '@harmony/errors/text-file';
import { isObject } from '@harmony/schema';
import { AssemblyError } from '../errors.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** `value[key]`, without what every object of JavaScript has. */
export function own<T>(value: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** `value[key]` where that is an object, else an empty one. */
export function objectAt(value: unknown, key: string): JsonObject {
  const found = isObject(value) ? own(value, key) : undefined;
  return isObject(found) ? found : {};
}

/** Reads a file of the assembly. @throws AssemblyError `ASSEMBLY_INVALID` */
export async function readJsonFile(file: string): Promise<JsonObject> {
  let value: unknown;
  try {
    value = JSON.parse(await readTextFile(file));
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
