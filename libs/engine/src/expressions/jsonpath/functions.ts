import type { Json } from '../../json.ts';
import { isObject } from '../../json.ts';

type PathFunction = (value: Json, args: readonly (Json | undefined)[]) => Json | undefined;

function numeric(compute: (numbers: readonly number[]) => number): PathFunction {
  return (value, args) => {
    const numbers = [...(Array.isArray(value) ? value : []), ...args.flat()].filter(
      (item) => typeof item === 'number',
    );
    return numbers.length === 0 ? undefined : compute(numbers);
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, next) => total + next, 0);
const mean = (numbers: readonly number[]) => sum(numbers) / numbers.length;

const length: PathFunction = (value) => {
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
};

function at(value: Json, index: number): Json | undefined {
  return Array.isArray(value) ? value.at(index) : undefined;
}

const functions: Readonly<Record<string, PathFunction>> = {
  avg: numeric(mean),
  sum: numeric(sum),
  min: numeric((numbers) => numbers.reduce((least, next) => Math.min(least, next))),
  max: numeric((numbers) => numbers.reduce((most, next) => Math.max(most, next))),
  stddev: numeric((numbers) => {
    const average = mean(numbers);
    return Math.sqrt(mean(numbers.map((next) => (next - average) ** 2)));
  }),
  length,
  size: length,
  keys: (value) => (isObject(value) ? Object.keys(value) : undefined),
  first: (value) => at(value, 0),
  last: (value) => at(value, -1),
  index: (value, [index]) => (typeof index === 'number' ? at(value, index) : undefined),
  concat: (value, args) =>
    [...(Array.isArray(value) ? value : []), ...args.flat()]
      .filter((item) => typeof item === 'string')
      .join(''),
};

/** The result of a function at the end of a path; undefined where it does not apply to the value. */
export function applyFunction(
  name: string,
  value: Json,
  args: readonly (Json | undefined)[],
): Json | undefined {
  return functions[name]?.(value, args);
}
