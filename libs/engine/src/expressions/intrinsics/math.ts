import { seededInteger } from './java-random.ts';
import type { IntrinsicFunction } from './function.ts';
import { IntrinsicFailure, integerArgument, numberArgument } from './function.ts';

export const mathFunctions: Readonly<Record<string, IntrinsicFunction>> = {
  /** The start is included, the end is not. */
  'States.MathRandom': {
    minArgs: 2,
    maxArgs: 3,
    call(args, site) {
      const start = integerArgument('States.MathRandom', args, 0);
      const end = integerArgument('States.MathRandom', args, 1);
      if (end <= start) {
        throw new IntrinsicFailure(
          `Invalid arguments in States.MathRandom: the end (${String(end)}) must be greater than ` +
            `the start (${String(start)})`,
        );
      }
      if (args.length === 3) {
        return start + seededInteger(integerArgument('States.MathRandom', args, 2), end - start);
      }
      return start + Math.floor(site.random.next() * (end - start));
    },
  },

  /** Fractions are rounded first, halves up: -1.5 counts as -1 and -0.5 as 0. */
  'States.MathAdd': {
    minArgs: 2,
    maxArgs: 2,
    call(args) {
      const [left, right] = [0, 1].map((index) =>
        Math.round(numberArgument('States.MathAdd', args, index)),
      ) as [number, number];
      return left + right + 0; // never -0
    },
  },

  'States.UUID': { minArgs: 0, maxArgs: 0, call: (_args, site) => site.random.uuid() },
};
