import { setOwn } from '../../own.ts';
import { isCallable, type Caller } from '../evaluator/callable.ts';
import type { Run } from '../evaluator/run.ts';
import { append, deepEquals, isArray, isRecord, lookup, sequence } from '../evaluator/values.ts';
import { isSequence, type Sequence } from '../evaluator/values.ts';
import { asText } from './as-text.ts';

type Implementation = (run: Run) => (this: Caller, ...args: never[]) => unknown;

/**
 * jsonata's functions over objects and arrays that read or write fields by name, or take time that
 * grows faster than their arguments: own fields only here, and each step is counted.
 */
export const dataFunctions: Readonly<Record<string, Implementation>> = {
  lookup: (run) => (input: unknown, key: string) => lookup(input, key, run.budget),

  keys: (run) => (value: unknown) => keys(value, run),

  spread: (run) => (value: unknown) => spread(value, run),

  merge: (run) => (objects: unknown[] | undefined) => {
    if (objects === undefined) return undefined;
    const result: Record<string, unknown> = {};
    for (const object of objects) {
      if (!isRecord(object)) continue;
      for (const [key, value] of Object.entries(object)) setOwn(result, key, value);
      run.budget.hold(Object.keys(object).length * 16);
    }
    return result;
  },

  append: (run) => (first: unknown, second: unknown) => append(first, second, run.budget),

  distinct: (run) => (items: unknown) => {
    if (!isArray(items) || items.length <= 1) return items;
    const results: Sequence = isSequence(items) ? sequence() : [];
    const plain = new Set<unknown>();
    const compound: unknown[] = [];
    for (const item of items) {
      run.budget.spend(1);
      if (typeof item !== 'object' || item === null) {
        if (plain.has(item)) continue;
        plain.add(item);
      } else {
        const known = compound.some((other) => {
          run.budget.spend(1);
          return deepEquals(item, other, run.budget);
        });
        if (known) continue;
        compound.push(item);
      }
      results.push(item);
    }
    return results;
  },

  max: () => (numbers: number[] | undefined) => extreme(numbers, (a, b) => a > b),

  min: () => (numbers: number[] | undefined) => extreme(numbers, (a, b) => a < b),

  string: (run) => (value: unknown, prettify: boolean | undefined) =>
    value === undefined ? undefined : asText(value, run, prettify),

  clone: (run) => (value: unknown) =>
    value === undefined ? undefined : (JSON.parse(asText(value, run)) as unknown),

  type: () => (value: unknown) => {
    if (value === undefined) return undefined;
    if (value === null) return 'null';
    if (isCallable(value)) return 'function';
    return isArray(value) ? 'array' : typeof value;
  },
};

function keys(value: unknown, run: Run): Sequence {
  if (isArray(value)) {
    const all = Object.create(null) as Record<string, true>;
    for (const item of value) for (const key of keys(item, run)) all[key as string] = true;
    return sequence(...Object.keys(all));
  }
  const names = isRecord(value) ? Object.keys(value) : [];
  run.budget.hold(names.length * 8);
  return sequence(...names);
}

function spread(value: unknown, run: Run): unknown {
  if (isArray(value)) {
    let all: unknown = sequence();
    for (const item of value) all = append(all, spread(item, run), run.budget);
    return all;
  }
  if (!isRecord(value)) return value;
  const parts = Object.entries(value).map(([key, item]) => {
    const part: Record<string, unknown> = {};
    setOwn(part, key, item);
    return part;
  });
  run.budget.hold(parts.length * 64);
  return sequence(...parts);
}

function extreme(
  numbers: number[] | undefined,
  better: (a: number, b: number) => boolean,
): number | undefined {
  const [first, ...rest] = numbers ?? [];
  return first === undefined
    ? undefined
    : rest.reduce((best, number) => (better(number, best) ? number : best), first);
}
