import { createHash } from 'node:crypto';
import { hashAlgorithms } from '../intrinsics/encoding.ts';
import { seededFraction } from '../intrinsics/java-random.ts';
import type { Scope } from '../types.ts';
import type { Callable, Caller } from './evaluator/callable.ts';
import type { Run } from './evaluator/run.ts';
import { formatMillis } from './library/dates.ts';
import { refuse } from './refuse.ts';
import { strictJson } from './strict-json.ts';

type Implementation = (this: Caller, ...args: never[]) => unknown;

/** `$range` makes at most this many numbers. */
const maxRange = 360_145;

/** An argument of the wrong type, counted from 1. */
function signatureError(index: number, token: string): never {
  return refuse('T0410', '', { index, token });
}

/** The service refuses arguments beyond those that a function takes, undefined ones apart. */
function noMore(more: readonly unknown[], name: string, takes: number): void {
  const surplus = more.findIndex((argument) => argument !== undefined);
  if (surplus >= 0) signatureError(takes + surplus + 1, name);
}

/**
 * The functions that Step Functions adds to JSONata or that would break a run's determinism, by
 * name without `$` (Developer Guide, "JSONata functions provided by Step Functions"). `$eval` is
 * taken away. What they make of wrong, missing and surplus arguments was measured on the service
 * (github.com/floci-io/floci/pull/2676).
 */
const implementations: Readonly<Record<string, (scope: Scope, run: Run) => Implementation>> = {
  partition:
    () =>
    (array: unknown, size: unknown, ...more: unknown[]) => {
      noMore(more, 'partition', 2);
      if (array === undefined) return undefined;
      if (!Array.isArray(array)) {
        return refuse('T0412', '', { index: 1, token: 'partition' });
      }
      if (array.length === 0) return undefined;
      if (size === undefined) return [[...array]];
      if (typeof size !== 'number') return signatureError(2, 'partition');
      const step = Math.trunc(size);
      if (step < 0) return refuse('D3137', 'Second argument must be zero or greater');
      if (step === 0) return undefined;
      const chunks = [];
      for (let at = 0; at < array.length; at += step) chunks.push([...array.slice(at, at + step)]);
      return chunks;
    },

  range:
    () =>
    (first: unknown, last: unknown, step: unknown, ...more: unknown[]) => {
      noMore(more, 'range', 3);
      if (typeof first !== 'number') return signatureError(1, 'range');
      if (typeof last !== 'number') return signatureError(2, 'range');
      if (step === undefined) return undefined;
      if (typeof step !== 'number') return signatureError(3, 'range');
      const [start, end, by] = [Math.trunc(first), Math.trunc(last), Math.trunc(step)];
      const count = Math.floor((end - start) / by) + 1;
      if (!(count >= 1) || by === 0) return undefined;
      if (count > maxRange) return refuse('D2014', '', { value: count });
      if (count === 1) return start;
      return Array.from({ length: count }, (_, index) => start + index * by);
    },

  hash:
    () =>
    (text: unknown, algorithm: unknown, ...more: unknown[]) => {
      noMore(more, 'hash', 2);
      if (typeof text !== 'string') return signatureError(1, 'hash');
      if (algorithm === undefined) return undefined;
      if (typeof algorithm !== 'string') return signatureError(2, 'hash');
      const known = Object.hasOwn(hashAlgorithms, algorithm)
        ? hashAlgorithms[algorithm]
        : undefined;
      if (known === undefined) {
        const names = 'SHA-1, SHA-384, SHA-256, SHA-512, MD5';
        return refuse('D3137', `Hash algorithm '${algorithm}' must be one of ${names}`);
      }
      return createHash(known).update(text, 'utf8').digest('hex');
    },

  random:
    (scope) =>
    (seed: unknown, ...more: unknown[]) => {
      noMore(more, 'random', 1);
      if (seed === undefined) return scope.random.next();
      if (typeof seed !== 'number') return signatureError(1, 'random');
      return seededFraction(Math.trunc(seed));
    },

  uuid:
    (scope) =>
    (...more: unknown[]) => {
      noMore(more, 'uuid', 0);
      return scope.random.uuid();
    },

  parse:
    () =>
    (text: unknown, ...more: unknown[]) => {
      noMore(more, 'parse', 1);
      if (text === undefined) return undefined;
      if (typeof text !== 'string') return signatureError(1, 'parse');
      const value = strictJson(text);
      return value === undefined ? refuse('D3137', 'Invalid JSON') : value;
    },

  now: (_scope, run) =>
    function (picture: unknown, timezone: unknown) {
      return formatMillis(run.now(), picture, timezone, this, run);
    },

  millis: (_scope, run) => () => run.now(),

  shuffle: (scope) => (array: unknown) => {
    if (array === undefined) return undefined;
    const items: unknown[] = Array.isArray(array) ? [...(array as unknown[])] : [array];
    for (let at = items.length - 1; at > 0; at--) {
      const other = Math.floor(scope.random.next() * (at + 1));
      [items[at], items[other]] = [items[other], items[at]];
    }
    return items;
  },
};

/** `$name` for one evaluation; undefined for names that are jsonata's own. */
export function addedFunction(name: string, scope: Scope, run: Run): Callable | undefined {
  if (!Object.hasOwn(implementations, name)) return undefined;
  return implementations[name]?.(scope, run) as Callable | undefined;
}
