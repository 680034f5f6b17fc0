import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonSchema } from '../json.ts';
import { generate, seeded } from '../sample/index.ts';
import { diffSchemas } from './diff.ts';
import { validator } from '../validator.ts';

const PATTERNS = [
  '^a*$',
  '^a+$',
  'a',
  '^[ab]$',
  '^(ab|b)+$',
  '^.{2}$',
  '^(?!a)[ab]*$',
  '^\\d{1,3}$',
];
const FORMATS = ['date', 'email', 'uuid', 'ipv4', 'date-time'];
const NAMES = ['a', 'b', 'c', 'aa'];
const VALUES: Json[] = [
  'a',
  'b',
  'ab',
  '',
  0,
  1,
  2,
  -1,
  0.5,
  true,
  false,
  null,
  [],
  [1],
  {},
  { a: 1 },
];

const small = fc.integer({ min: -3, max: 6 });
const size = fc.integer({ min: 0, max: 3 });
const name = fc.constantFrom(...NAMES);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 1 });
/** A schema with the given keywords, those that were left out removed. */
const keywords = (record: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<JsonSchema> =>
  fc.record(record).map((found) => JSON.parse(JSON.stringify(found)) as JsonSchema);

const { schema: arbitrarySchema } = fc.letrec<{ schema: JsonSchema; leaf: JsonSchema }>((tie) => ({
  leaf: fc.oneof(
    keywords({
      type: fc.constantFrom('integer', 'number'),
      minimum: optional(small),
      maximum: optional(small),
      exclusiveMinimum: optional(small),
      exclusiveMaximum: optional(small),
      multipleOf: optional(fc.constantFrom(0.5, 1, 2, 3, 0.1)),
    }),
    keywords({
      type: fc.constant('string'),
      minLength: optional(size),
      maxLength: optional(size),
      pattern: optional(fc.constantFrom(...PATTERNS)),
    }),
    keywords({ type: fc.constant('string'), format: fc.constantFrom(...FORMATS) }),
    fc.constantFrom<JsonSchema>({ type: 'boolean' }, { type: 'null' }, {}, true, false),
    keywords({ enum: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 4 }) }),
    keywords({ const: fc.constantFrom(...VALUES) }),
    fc.constantFrom<JsonSchema>({ $ref: '#/$defs/d' }, { type: ['string', 'null'] }),
  ),
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    keywords({
      type: fc.constant('object'),
      properties: fc.dictionary(name, tie('schema'), { maxKeys: 3 }),
      required: optional(fc.uniqueArray(name, { maxLength: 2 })),
      additionalProperties: optional(fc.oneof(fc.constant(false), tie('leaf'))),
      propertyNames: optional(
        fc.constantFrom({ pattern: '^a' }, { maxLength: 1 }, { enum: ['a', 'b'] }),
      ),
      patternProperties: optional(
        fc.dictionary(fc.constantFrom('^a', 'a$', '^b'), tie('leaf'), { maxKeys: 2 }),
      ),
      minProperties: optional(size),
      maxProperties: optional(size),
    }),
    keywords({
      type: fc.constant('array'),
      items: optional(tie('schema')),
      prefixItems: optional(fc.array(tie('schema'), { minLength: 1, maxLength: 2 })),
      minItems: optional(size),
      maxItems: optional(size),
      uniqueItems: optional(fc.boolean()),
    }),
    keywords({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    keywords({ oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    keywords({ allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    keywords({ not: tie('leaf'), type: fc.constantFrom('object', 'string', 'integer') }),
    fc.tuple(fc.constantFrom('x', 'y'), tie('schema'), tie('schema')).map(([tag, a, b]) => ({
      oneOf: [
        { type: 'object', properties: { k: { const: tag }, v: a }, required: ['k'] },
        { type: 'object', properties: { k: { const: 'z' }, v: b }, required: ['k'] },
      ],
    })),
  ),
}));

/** A root whose definition may contain itself. */
const rooted = fc
  .tuple(arbitrarySchema, arbitrarySchema)
  .map(([schema, definition]): JsonSchema => {
    const $defs = { d: isCyclic(definition) ? { type: 'array', items: definition } : definition };
    return typeof schema === 'boolean' ? schema : { ...schema, $defs };
  });

/** References that lead back without going into the value are no schema: no validator ends on them. */
function isCyclic(definition: JsonSchema): boolean {
  return JSON.stringify(definition).includes('$ref');
}

/** Values from everywhere: of the schema itself, plain ones, and both of them a little changed. */
function samples(schema: JsonSchema, count: number): Json[] {
  const make = generate(schema);
  const made = Array.from({ length: count }, (_, seed) => make(seeded(seed)));
  return [...VALUES, ...made.filter((value) => value !== undefined)].flatMap((value) => [
    value,
    ...mutations(value),
  ]);
}

function mutations(value: Json): Json[] {
  if (typeof value === 'number') return [value + 1, value - 1, value + 0.5];
  if (typeof value === 'string') return [`${value}a`, value.slice(1), `b${value}`];
  if (Array.isArray(value))
    return [[...value, 1], value.slice(1), [...value, ...value.slice(0, 1)]];
  if (value === null || typeof value !== 'object') return [];
  return [
    { ...value, a: 'a' },
    { ...value, b: null },
    { ...value, aa: 1 },
    ...Object.keys(value).map((key) =>
      Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)),
    ),
  ];
}

describe('diffSchemas on random pairs of schemas', () => {
  test('never calls compatible what a value refutes, and confirms each counterexample', () => {
    fc.assert(
      fc.property(rooted, rooted, fc.boolean(), (old, next, output) => {
        const [from, to] = output ? [next, old] : [old, next];
        const sends = validator(from);
        const accepts = validator(to);
        const { verdict, changes } = diffSchemas(old, next, output ? 'output' : 'input');
        for (const change of changes) {
          expect(change.verdict === 'breaking').toBe('counterexample' in change);
          if (change.counterexample === undefined) continue;
          expect(sends(change.counterexample)).toBe(true);
          expect(accepts(change.counterexample)).toBe(false);
        }
        if (verdict !== 'compatible') return;
        for (const value of samples(from, 12)) {
          if (sends(value))
            expect({ value, accepted: accepts(value) }).toEqual({ value, accepted: true });
        }
      }),
      { numRuns: Number(process.env['HARMONY_FUZZ_RUNS'] ?? 120) },
    );
  });

  test('a schema is compatible with itself, in both directions', () => {
    fc.assert(
      fc.property(rooted, (schema) => {
        const copy = JSON.parse(JSON.stringify(schema)) as JsonSchema;
        expect(diffSchemas(schema, copy, 'input')).toEqual({ verdict: 'compatible', changes: [] });
      }),
      { numRuns: 60 },
    );
  });

  test('a schema with one more option is compatible as input', () => {
    fc.assert(
      fc.property(arbitrarySchema, arbitrarySchema, (schema, more) => {
        const root = (node: JsonSchema): JsonSchema => ({
          anyOf: [node],
          $defs: { d: { type: 'null' } },
        });
        const wider: JsonSchema = { anyOf: [schema, more], $defs: { d: { type: 'null' } } };
        expect(diffSchemas(root(schema), wider, 'input').verdict).not.toBe('breaking');
      }),
      { numRuns: 60 },
    );
  });
});
