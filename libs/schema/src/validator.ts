import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Json, JsonSchema } from './json.ts';
import { matches } from './regex/matches.ts';
import { isMultiple } from './shapes/numbers.ts';

/** One for all: compiling the meta-schemas anew takes tens of milliseconds. */
let shared: Ajv2020 | undefined;

function instance(): Ajv2020 {
  if (shared) return shared;
  const ajv = addFormats.default(
    new Ajv2020({
      // Keywords that ajv does not know are annotations.
      strict: false,
      allErrors: false,
      logger: false,
      // A field called `constructor` is there only if it was sent.
      ownProperties: true,
      // Checked once, where a schema is read.
      validateSchema: false,
      addUsedSchema: false,
      // A validator is asked a few times only: optimising its code takes longer than it saves.
      code: { regExp: linear, optimize: false },
      inlineRefs: false,
    }),
  ) as Ajv2020;
  ajv.removeKeyword('multipleOf');
  ajv.addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    validate: (of: number, value: number) => isMultiple(value, of),
  });
  return (shared = ajv);
}

/** Patterns run on automata: no value makes one hang. */
const linear = Object.assign(
  (source: string) => ({
    test: (text: string) => matches(source, text),
    toString: () => `/${source}/u`,
  }),
  { code: 'matches' },
);

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
      validate = instance().compile(schema);
      // It would be kept for ever.
      if (typeof schema !== 'boolean') instance().removeSchema(schema);
    }
    return validate(value) === true;
  };
}
