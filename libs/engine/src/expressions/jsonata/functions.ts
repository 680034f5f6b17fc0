import { createHash } from 'node:crypto';
import type { Json } from '../../json.ts';
import { hashAlgorithms } from '../intrinsics/encoding.ts';
import { seededFraction } from '../intrinsics/java-random.ts';
import { getOwn } from '../own.ts';
import { isObject } from '../../json.ts';
import type { Scope } from '../types.ts';
import { safeLookup } from './harden.ts';

type Environment = { lookup(name: string): unknown };
type Implementation = (this: { environment: Environment }, ...args: never[]) => unknown;

/** `$range` makes at most this many numbers. */
const maxRange = 360_145;

/** A failure in the words the expression's cause quotes. */
function refuse(code: string, message: string): never {
  throw Object.assign(new Error(message), { code });
}

/**
 * The functions that Step Functions adds to JSONata or that would break a run's determinism, by
 * name without `$` (Developer Guide, "JSONata functions provided by Step Functions"). `$eval` is
 * taken away.
 */
const implementations: Readonly<Record<string, (scope: Scope) => Implementation>> = {
  partition: () => (array: unknown, size: unknown) => {
    if (array === undefined || size === undefined) return undefined;
    if (!Array.isArray(array)) return refuse('T0410', argumentMessage(1, 'partition'));
    if (typeof size !== 'number') return refuse('T0410', argumentMessage(2, 'partition'));
    const step = Math.trunc(size);
    if (step < 1 || array.length === 0) return undefined;
    const chunks = [];
    for (let at = 0; at < array.length; at += step) chunks.push([...array.slice(at, at + step)]);
    return chunks;
  },

  range: () => (first: unknown, last: unknown, step: unknown) => {
    const values = [first, last, step];
    const wrong = values.findIndex((value) => value !== undefined && typeof value !== 'number');
    if (wrong >= 0) return refuse('T0410', argumentMessage(wrong + 1, 'range'));
    const [start, end, by] = values.map((value) => Math.trunc(value as number));
    if (start === undefined || end === undefined || by === undefined) return undefined;
    const count = Math.floor((end - start) / by) + 1;
    if (!(count >= 1) || by === 0) return undefined;
    if (count > maxRange) return refuse('D2014', 'Expression evaluation memory limit exceeded');
    if (count === 1) return start;
    return Array.from({ length: count }, (_, index) => start + index * by);
  },

  hash: () => (text: unknown, algorithm: unknown) => {
    if (text === undefined || algorithm === undefined) return undefined;
    if (typeof text !== 'string') return refuse('T0410', argumentMessage(1, 'hash'));
    const known = typeof algorithm === 'string' && Object.hasOwn(hashAlgorithms, algorithm);
    if (!known) return refuse('T0410', argumentMessage(2, 'hash'));
    return createHash(hashAlgorithms[algorithm] as string)
      .update(text, 'utf8')
      .digest('hex');
  },

  random: (scope) => (seed: unknown) => {
    if (seed === undefined) return scope.random.next();
    if (typeof seed !== 'number') return refuse('T0410', argumentMessage(1, 'random'));
    return seededFraction(seed);
  },

  uuid: (scope) => () => scope.random.uuid(),

  parse: () => (text: unknown) => {
    if (text === undefined) return undefined;
    if (typeof text !== 'string') return refuse('T0410', argumentMessage(1, 'parse'));
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      return refuse('D3137', error instanceof Error ? error.message : 'not JSON');
    }
  },

  now: (scope) =>
    function (this: { environment: Environment }, picture: unknown, timezone: unknown) {
      const fromMillis = this.environment.lookup('fromMillis') as {
        implementation(...args: unknown[]): unknown;
      };
      return fromMillis.implementation(nowOf(scope), picture, timezone);
    },

  millis: (scope) => () => nowOf(scope),

  shuffle: (scope) => (array: unknown) => {
    if (array === undefined) return undefined;
    const items: unknown[] = Array.isArray(array) ? [...(array as unknown[])] : [array];
    for (let at = items.length - 1; at > 0; at--) {
      const other = Math.floor(scope.random.next() * (at + 1));
      [items[at], items[other]] = [items[other], items[at]];
    }
    return items;
  },

  lookup: () => (input: unknown, key: unknown) => lookup(input as Json | undefined, String(key)),

  spread: () => (value: unknown) => spread(value),
};

/** What `$name` is bound to for one evaluation; undefined for names that are jsonata's own. */
export function addedFunction(name: string, scope: Scope): object | undefined {
  const make = implementations[name === safeLookup ? 'lookup' : name];
  if (make === undefined) return undefined;
  return { _jsonata_function: true, implementation: make(scope) };
}

export function isAdded(name: string): boolean {
  return name === safeLookup || Object.hasOwn(implementations, name);
}

function argumentMessage(index: number, name: string): string {
  return `Argument ${String(index)} of function "${name}" does not match function signature`;
}

/** Virtual time where the engine gives it, else when the state was entered. */
function nowOf(scope: Scope): number {
  if (scope.now !== undefined) return scope.now();
  const state = isObject(scope.context) ? scope.context['State'] : undefined;
  const entered = isObject(state) ? state['EnteredTime'] : undefined;
  return typeof entered === 'string' ? Date.parse(entered) : 0;
}

/** jsonata's `$lookup`, own fields only. */
function lookup(input: Json | undefined, key: string): unknown {
  if (Array.isArray(input)) {
    const found = input.map((item) => lookup(item, key)).filter((item) => item !== undefined);
    return found.length === 0 ? undefined : found.length === 1 ? found[0] : found.flat();
  }
  return isObject(input) && !isFunction(input) ? getOwn(input, key) : undefined;
}

/** jsonata's `$spread`, which would take functions apart as well. */
function spread(value: unknown): unknown {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => spread(item));
  if (typeof value !== 'object' || value === null || isFunction(value)) return value;
  return Object.entries(value).map(([key, item]) => ({ [key]: item as unknown }));
}

function isFunction(value: unknown): boolean {
  return (
    typeof value === 'function' ||
    (typeof value === 'object' &&
      value !== null &&
      ('_jsonata_function' in value || '_jsonata_lambda' in value))
  );
}
