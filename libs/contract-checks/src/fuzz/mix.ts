import { isObject, type Json } from '@harmony/schema';
import type { Choices } from '@harmony/schema/sample';

/**
 * Parts of a generated value and parts of an example: what is made from a schema alone often ends
 * at the first check that a schema cannot say (the account that the child runs in).
 */
export function mix(generated: Json, example: Json | undefined, choices: Choices): Json {
  if (example === undefined) return generated;
  const choice = choices.choose(3);
  if (choice === 2) return example;
  if (choice === 0 || !isObject(generated) || !isObject(example)) return generated;
  const names = [...new Set([...Object.keys(generated), ...Object.keys(example)])];
  return Object.fromEntries(
    names.flatMap((name): [string, Json][] => {
      const own = generated[name];
      if (own !== undefined) return [[name, mix(own, example[name], choices)]];
      return choices.choose(2) === 1 ? [[name, example[name] as Json]] : [];
    }),
  );
}
