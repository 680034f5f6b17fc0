import { getOwn } from '../../own.ts';
import type { Budget } from './budget.ts';
import { fail } from './failure.ts';

/**
 * JSONata's own arrays: a sequence with one item is that item, one with none is nothing. The marks
 * are properties of the array itself, which JSON cannot give one.
 */
export interface Sequence extends Array<unknown> {
  sequence?: boolean;
  keepSingleton?: boolean;
  /** Its items are tuples. */
  tupleStream?: boolean;
  /** An array constructor made it: kept together inside a path. */
  cons?: boolean;
}

export function sequence(...items: unknown[]): Sequence {
  const made: Sequence = items;
  made.sequence = true;
  return made;
}

export function isArray(value: unknown): value is Sequence {
  return Array.isArray(value);
}

export function isSequence(value: unknown): value is Sequence {
  return isArray(value) && value.sequence === true;
}

/** A JSON object; functions are none. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Throws D1001 for numbers that JSON does not have. */
export function isNumeric(value: unknown): value is number {
  if (typeof value !== 'number' || Number.isNaN(value)) return false;
  if (!Number.isFinite(value)) fail('D1001', { value });
  return true;
}

export function isNumbers(value: unknown): value is number[] {
  return isArray(value) && value.every(isNumeric);
}

export function isStrings(value: unknown): value is string[] {
  return isArray(value) && value.every((item) => typeof item === 'string');
}

/** JSONata's `$boolean`: nothing stays nothing. */
export function toBoolean(value: unknown, budget: Budget): boolean | undefined {
  if (value === undefined) return undefined;
  if (isArray(value)) {
    budget.spend(value.length);
    if (value.length === 1) return toBoolean(value[0], budget);
    // Nothing can be said of the whole before all were looked at: a number out of range fails.
    return value.filter((item) => toBoolean(item, budget) === true).length > 0;
  }
  if (typeof value === 'string') return value.length > 0;
  if (isNumeric(value)) return value !== 0;
  if (isRecord(value)) return hasKeys(value);
  return value === true;
}

function hasKeys(value: object): boolean {
  for (const key in value) if (Object.hasOwn(value, key)) return true;
  return false;
}

/** A field, own fields only, of an object or of each object in an array. */
export function lookup(input: unknown, key: string, budget: Budget): unknown {
  if (isArray(input)) {
    const found = sequence();
    budget.spend(input.length);
    for (const item of input) {
      const value = lookup(item, key, budget);
      if (value === undefined) continue;
      if (isArray(value)) {
        budget.hold((found.length + value.length) * 8);
        for (const inner of value) found.push(inner);
      } else {
        found.push(value);
      }
    }
    return found;
  }
  return isRecord(input) ? getOwn(input, key) : undefined;
}

export function append(first: unknown, second: unknown, budget: Budget): unknown {
  if (first === undefined) return second;
  if (second === undefined) return first;
  const head = isArray(first) ? first : sequence(first);
  const tail = isArray(second) ? second : [second];
  budget.hold((head.length + tail.length) * 8);
  return head.concat(tail);
}

export function flatten(value: unknown, budget: Budget, into: unknown[] = []): unknown[] {
  budget.spend(1);
  if (!isArray(value)) into.push(value);
  else for (const item of value) flatten(item, budget, into);
  return into;
}

/** Two values can be made of shared parts that are endless work to compare: each step is counted. */
export function deepEquals(left: unknown, right: unknown, budget: Budget): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return false;
  }
  budget.spend(1);
  if (isArray(left) && isArray(right)) {
    if (left.length !== right.length) return false;
    return left.every((item, index) => deepEquals(item, right[index], budget));
  }
  if (Array.isArray(left) || Array.isArray(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(right, key) &&
      deepEquals(
        (left as Record<string, unknown>)[key],
        (right as Record<string, unknown>)[key],
        budget,
      ),
  );
}
