import type { IntrinsicFunction } from './function.ts';
import { stringArgument } from './function.ts';

export const stringFunctions: Readonly<Record<string, IntrinsicFunction>> = {
  /** Each character of the second argument separates; empty parts are dropped. */
  'States.StringSplit': {
    minArgs: 2,
    maxArgs: 2,
    call(args) {
      const text = stringArgument('States.StringSplit', args, 0);
      const separators = new Set(stringArgument('States.StringSplit', args, 1));
      const parts: string[] = [];
      let part = '';
      for (const char of text) {
        if (!separators.has(char)) {
          part += char;
        } else if (part !== '') {
          parts.push(part);
          part = '';
        }
      }
      return part === '' ? parts : [...parts, part];
    },
  },
};
