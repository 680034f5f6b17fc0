import { isObject } from '@harmony/schema';
import { unreadable } from '../errors.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** @throws {ArtifactError} where `value` is no object */
export function objectAt(value: unknown, path: string): Fields {
  if (isObject(value)) return value;
  throw unreadable(path, value === undefined ? 'is missing' : "isn't an object");
}

/** `States["Run targets"]` */
export function inStates(name: string, path = ''): string {
  return `${path === '' ? '' : `${path}.`}States[${JSON.stringify(name)}]`;
}
