import type { Json, JsonObject } from '../../json.ts';
import { setOwn } from '../own.ts';
import type { Budget } from './evaluator/budget.ts';

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
 * Turns what an evaluation answers into plain JSON: sequences become arrays. Parts that are plain
 * already are kept as they are, not copied. A part that occurs many times counts each time: what is
 * small in memory may be endless when it is written out.
 *
 * @throws NotJson for functions; ExpressionLimit.
 */
export function plainResult(value: unknown, budget: Budget): Json {
  let bytes = 0;
  const count = (more: number): void => {
    bytes += more;
    budget.spend(1);
    budget.fits(bytes);
  };
  const plain = (part: unknown): Json => {
    switch (typeof part) {
      case 'string':
        count(part.length);
        return part;
      case 'boolean':
        return part;
      case 'number':
        count(8);
        // The service writes what JSON has no number for as the name JavaScript gives it.
        return Number.isFinite(part) ? part : String(part);
      case 'object':
        if (part === null) return null;
        return Array.isArray(part) ? plainArray(part) : plainObject(part);
      default:
        throw new NotJson(typeof part);
    }
  };
  const plainArray = (array: readonly unknown[]): Json[] => {
    count(array.length);
    let same = !Object.hasOwn(array, 'sequence') && !Object.hasOwn(array, 'cons');
    const copy = array.map((item) => {
      const result = item === undefined ? null : plain(item);
      same &&= result === item;
      return result;
    });
    return same ? (array as Json[]) : copy;
  };
  const plainObject = (object: object): JsonObject => {
    let same = Object.getPrototypeOf(object) !== null;
    const copy: JsonObject = {};
    for (const key of Object.keys(object)) {
      const item = (object as Record<string, unknown>)[key];
      if (item === undefined) {
        same = false;
        continue;
      }
      count(key.length);
      const result = plain(item);
      same &&= result === item && Object.getOwnPropertyDescriptor(object, key)?.get === undefined;
      setOwn(copy, key, result);
    }
    return same ? (object as JsonObject) : copy;
  };
  return plain(value);
}
