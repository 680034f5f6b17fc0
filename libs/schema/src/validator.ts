import type { Ajv2020 } from 'ajv/dist/2020.js';
import { boundedAjv } from './bounded-ajv.ts';
import type { Json, JsonSchema } from './json.ts';

/** Schemas that one instance compiles: it keeps parts of each for ever. */
const MAX_COMPILED = 100;

/** Shared for a while: making one takes some milliseconds. */
let shared: Ajv2020 | undefined;
let compiled = 0;

function instance(): Ajv2020 {
  if (compiled++ % MAX_COMPILED === 0) shared = undefined;
  return (shared ??= boundedAjv({
    allErrors: false,
    // Only whether a value is valid is asked: the words of errors are a quarter of what compiling costs.
    messages: false,
    // A field called `constructor` is there only if it was sent.
    ownProperties: true,
    // A validator is asked a few times only: optimising its code takes longer than it saves.
    code: { optimize: false },
    inlineRefs: false,
  }));
}

/**
 * A validator of one schema, formats included, as `ajv` compiles it: the authority against which a
 * counterexample is confirmed. Compiled when first asked.
 * @throws {Error} of ajv, when first asked, for what it cannot compile
 * @throws {TooMuchWork} where a pattern that only backtracking knows takes too long
 */
export function validator(schema: JsonSchema): (value: Json) => boolean {
  let validate: ((value: Json) => unknown) | undefined;
  return (value) => {
    if (validate === undefined) {
      const ajv = instance();
      validate = ajv.compile(schema);
      if (typeof schema !== 'boolean') ajv.removeSchema(schema);
    }
    return validate(value) === true;
  };
}
