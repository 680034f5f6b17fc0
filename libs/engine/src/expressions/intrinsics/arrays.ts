import type { Json } from '../../json.ts';
import type { IntrinsicFunction } from './function.ts';
import { IntrinsicFailure, arrayArgument, integerArgument } from './function.ts';
import { hashSet } from './java-hash-set.ts';

/** The largest array that ArrayRange makes. */
const maxRange = 1_000;

export const arrayFunctions: Readonly<Record<string, IntrinsicFunction>> = {
  'States.Array': { minArgs: 0, maxArgs: Infinity, call: (args) => [...args] },

  'States.ArrayPartition': {
    minArgs: 2,
    maxArgs: 2,
    call(args) {
      const array = arrayArgument('States.ArrayPartition', args, 0);
      const size = integerArgument('States.ArrayPartition', args, 1);
      if (size < 1) {
        throw new IntrinsicFailure(
          'Invalid arguments in States.ArrayPartition: the chunk size must be a positive integer',
        );
      }
      const chunks: Json[] = [];
      for (let at = 0; at < array.length; at += size) chunks.push(array.slice(at, at + size));
      return chunks;
    },
  },

  'States.ArrayContains': {
    minArgs: 2,
    maxArgs: 2,
    call(args) {
      const sought = textOf(args[1] as Json);
      return arrayArgument('States.ArrayContains', args, 0).some((item) => textOf(item) === sought);
    },
  },

  'States.ArrayRange': { minArgs: 3, maxArgs: 3, call: arrayRange },

  'States.ArrayGetItem': {
    minArgs: 2,
    maxArgs: 2,
    call(args) {
      const array = arrayArgument('States.ArrayGetItem', args, 0);
      const index = integerArgument('States.ArrayGetItem', args, 1);
      if (array.length === 0) return null; // whatever the index
      const item = array[index];
      if (item === undefined) {
        throw new IntrinsicFailure(
          `Invalid arguments in States.ArrayGetItem: index ${String(index)} is out of bounds for ` +
            `an array of length ${String(array.length)}`,
        );
      }
      return item;
    },
  },

  'States.ArrayLength': {
    minArgs: 1,
    maxArgs: 1,
    call: (args) => arrayArgument('States.ArrayLength', args, 0).length,
  },

  'States.ArrayUnique': {
    minArgs: 1,
    maxArgs: 1,
    call: (args) => hashSet(arrayArgument('States.ArrayUnique', args, 0)),
  },
};

/** From the first to the last number, both included where the step meets them. */
function arrayRange(args: readonly Json[]): Json {
  const [first, last, step] = [0, 1, 2].map((index) =>
    integerArgument('States.ArrayRange', args, index),
  ) as [number, number, number];
  if (step === 0) {
    throw new IntrinsicFailure('Invalid arguments in States.ArrayRange: the step must not be 0');
  }
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  if (count > maxRange) {
    throw new IntrinsicFailure(
      `Invalid arguments in States.ArrayRange: ${String(count)} items exceed ${String(maxRange)}`,
    );
  }
  return Array.from({ length: count }, (_, index) => first + index * step);
}

/** The service compares texts: `true` is found in `["true"]`, and the order of keys matters. */
function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
