import type { Json, JsonObject } from '../../json.ts';
import { setOwn } from '../own.ts';

/** A result that JSON cannot hold, named by its type. */
export class NotJson extends Error {
  override readonly name = 'NotJson';
  readonly type: string;

  constructor(type: string) {
    super(`not JSON: ${type}`);
    this.type = type;
  }
}

/**
 * Turns what jsonata answers into plain JSON: its sequences become arrays. Parts that are plain
 * already are kept as they are, not copied.
 *
 * @throws NotJson for functions.
 */
export function plainJson(value: unknown): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      // The service writes what JSON has no number for as the name JavaScript gives it.
      return Number.isFinite(value) ? value : String(value);
    case 'object':
      if (value === null) return null;
      return Array.isArray(value) ? plainArray(value) : plainObject(value);
    default:
      throw new NotJson(typeof value);
  }
}

function plainArray(array: readonly unknown[]): Json[] {
  let same = !Object.hasOwn(array, 'sequence') && !Object.hasOwn(array, 'cons');
  const copy = array.map((item) => {
    const plain = item === undefined ? null : plainJson(item);
    same &&= plain === item;
    return plain;
  });
  return same ? (array as Json[]) : copy;
}

function plainObject(object: object): JsonObject {
  if ('_jsonata_function' in object || '_jsonata_lambda' in object) throw new NotJson('function');
  let same = true;
  const copy: JsonObject = {};
  for (const key of Object.keys(object)) {
    const item = (object as Record<string, unknown>)[key];
    if (item === undefined) {
      same = false;
      continue;
    }
    const plain = plainJson(item);
    same &&= plain === item && Object.getOwnPropertyDescriptor(object, key)?.get === undefined;
    setOwn(copy, key, plain);
  }
  return same ? (object as JsonObject) : copy;
}
