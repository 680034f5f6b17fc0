import type { Json, JsonObject } from '../../json.ts';
import { isObject } from '../../json.ts';
import type { IntrinsicFunction } from './function.ts';
import { IntrinsicFailure, stringArgument } from './function.ts';

export const jsonFunctions: Readonly<Record<string, IntrinsicFunction>> = {
  'States.JsonMerge': {
    minArgs: 3,
    maxArgs: 3,
    call(args) {
      const [left, right] = [objectArgument(args, 0), objectArgument(args, 1)];
      // Only the shallow merge exists (Developer Guide: "Currently, Step Functions only supports
      // the shallow merging mode; therefore, you must specify the boolean value as false").
      if (args[2] !== false) {
        throw new IntrinsicFailure(
          'Invalid arguments in States.JsonMerge: argument 3 must be false, deep merging is not supported',
        );
      }
      return { ...left, ...right };
    },
  },

  'States.StringToJson': {
    minArgs: 1,
    maxArgs: 1,
    call(args) {
      const text = stringArgument('States.StringToJson', args, 0);
      // An empty text is no JSON, yet the service answers null for it.
      if (text.trim() === '') return null;
      try {
        return JSON.parse(text) as Json;
      } catch (error) {
        throw new IntrinsicFailure(
          `Invalid arguments in States.StringToJson: ${error instanceof Error ? error.message : 'not JSON'}`,
        );
      }
    },
  },

  'States.JsonToString': {
    minArgs: 1,
    maxArgs: 1,
    call: (args) => JSON.stringify(args[0] as Json),
  },
};

function objectArgument(args: readonly Json[], index: number): JsonObject {
  const value = args[index];
  if (isObject(value)) return value;
  throw new IntrinsicFailure(
    `Invalid arguments in States.JsonMerge: argument ${String(index + 1)} must be an object`,
  );
}
