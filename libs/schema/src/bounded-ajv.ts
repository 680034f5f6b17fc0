import { Ajv2020, type Options } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { canonicalJson } from './canonical.ts';
import { matches } from './regex/matches.ts';
import { isMultiple } from './shapes/numbers.ts';

/** Patterns run on automata: no value makes one hang. */
const linear = Object.assign(
  (source: string, flags: string) => {
    // What is no pattern is told when the schema is compiled.
    void new RegExp(source, flags);
    return {
      test: (text: string) => matches(source, text, flags === 'u' ? 'u' : ''),
      toString: () => `/${source}/${flags}`,
    };
  },
  { code: 'matches' },
);

/**
 * An `ajv` for schemas that other people wrote: its patterns cannot backtrack without end, fractions
 * are held exactly against `multipleOf`, and `uniqueItems` does not compare each item with each.
 */
export function boundedAjv(options: Options): Ajv2020 {
  const ajv = new Ajv2020({
    // Keywords that ajv does not know are annotations.
    strict: false,
    // Checked once, where a schema is read.
    validateSchema: false,
    meta: false,
    // Schemas of two documents may bear the same `$id`.
    addUsedSchema: false,
    logger: false,
    ...options,
    code: { regExp: linear, ...options.code },
  });
  addFormats.default(ajv);
  ajv.removeKeyword('multipleOf');
  ajv.addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    validate: (of: number, value: number) => isMultiple(value, of),
    error: { message: ({ schemaCode }) => `must be multiple of ${schemaCode}` },
  });
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    validate: (unique: boolean, items: readonly unknown[]) =>
      !unique || new Set(items.map(canonicalJson)).size === items.length,
    error: { message: 'must NOT have duplicate items' },
  });
  return ajv;
}
