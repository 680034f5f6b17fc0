import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Json, JsonSchema } from './json.ts';

/** Keywords that ajv does not know are annotations; `0.3` is a multiple of `0.1`. */
const OPTIONS = { strict: false, allErrors: false, multipleOfPrecision: 9, logger: false } as const;

/** One for all: compiling the meta-schemas anew takes tens of milliseconds. */
let shared: Ajv2020 | undefined;

/**
 * A validator of one schema, formats included, as `ajv` compiles it: the authority against which a
 * counterexample is confirmed.
 * @throws {Error} of ajv for what is no JSON Schema 2020-12
 */
export function validator(schema: JsonSchema): (value: Json) => boolean {
  shared ??= addFormats.default(new Ajv2020(OPTIONS)) as Ajv2020;
  const ajv = shared;
  const validate = ajv.compile(schema);
  // Two versions of a schema may bear the same $id.
  if (typeof schema !== 'boolean') ajv.removeSchema(schema);
  return (value) => validate(value) === true;
}
