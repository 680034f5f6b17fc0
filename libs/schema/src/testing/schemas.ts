import fc from 'fast-check';
import { isObject, type Json, type JsonSchema, type Keywords } from '../json.ts';

/** Random schemas of 2020-12 for properties, the bench and the fuzzing target. */

const PATTERNS = [
  '^a*$',
  '^a+$',
  'a',
  '^[ab]$',
  '^(ab|b)+$',
  '^.{2}$',
  '^(?!a)[ab]*$',
  '^\\d{1,3}$',
  '^(a+)+$',
  '^a{40}b',
  '^(a|a)*$',
  '\\bab',
];
const FORMATS = ['date', 'email', 'uuid', 'ipv4', 'date-time'];
const NAMES = ['a', 'b', 'c', 'aa'];
export const VALUES: Json[] = [
  'a',
  'b',
  'ab',
  '',
  0,
  1,
  2,
  -1,
  0.5,
  2 ** 53,
  true,
  false,
  null,
  [],
  [1],
  {},
  { a: 1 },
];

const small = fc.oneof(
  { arbitrary: fc.integer({ min: -3, max: 6 }), weight: 12 },
  { arbitrary: fc.constantFrom(2 ** 53, 2 ** 53 - 1, -(2 ** 53), 2 ** 31, 1e300), weight: 1 },
);
const size = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 3 }), weight: 20 },
  { arbitrary: fc.constantFrom(40, 10_000_000), weight: 1 },
);
const name = fc.constantFrom(...NAMES);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 1 });
/** A schema with the given keywords, those that were left out removed. */
const keywords = (record: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<JsonSchema> =>
  fc.record(record).map((found) => JSON.parse(JSON.stringify(found)) as JsonSchema);

export const { schema: arbitrarySchema } = fc.letrec<{ schema: JsonSchema; leaf: JsonSchema }>(
  (tie) => ({
    leaf: fc.oneof(
      keywords({
        type: fc.constantFrom('integer', 'number'),
        minimum: optional(small),
        maximum: optional(small),
        exclusiveMinimum: optional(small),
        exclusiveMaximum: optional(small),
        multipleOf: optional(fc.constantFrom(0.5, 1, 2, 3, 0.1, 0.3, 0.01, 1e-9, 1e9 + 0.5, 1e300)),
        format: optional(fc.constantFrom('int32', 'int64', 'double')),
      }),
      keywords({
        type: fc.constant('string'),
        minLength: optional(size),
        maxLength: optional(size),
        pattern: optional(fc.constantFrom(...PATTERNS)),
      }),
      keywords({ type: fc.constant('string'), format: fc.constantFrom(...FORMATS) }),
      fc.constantFrom<JsonSchema>({ type: 'boolean' }, { type: 'null' }, {}, true, false),
      keywords({
        enum: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 4 }),
      }),
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
        dependentRequired: optional(fc.dictionary(name, fc.uniqueArray(name), { maxKeys: 1 })),
      }),
      keywords({
        type: fc.constant('array'),
        items: optional(tie('schema')),
        prefixItems: optional(fc.array(tie('schema'), { minLength: 1, maxLength: 2 })),
        minItems: optional(size),
        maxItems: optional(size),
        uniqueItems: optional(fc.boolean()),
        contains: optional(tie('leaf')),
      }),
      keywords({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
      keywords({ oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
      keywords({ allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
      keywords({ not: tie('leaf'), type: fc.constantFrom('object', 'string', 'integer') }),
      keywords({ if: tie('leaf'), then: tie('leaf'), else: tie('leaf') }),
      fc.tuple(fc.constantFrom('x', 'y'), tie('schema'), tie('schema')).map(([tag, a, b]) => ({
        oneOf: [
          { type: 'object', properties: { k: { const: tag }, v: a }, required: ['k'] },
          { type: 'object', properties: { k: { const: 'z' }, v: b }, required: ['k'] },
        ],
      })),
    ),
  }),
);

/** Unions of objects inside of unions of objects, told apart by a field or not. */
const nestedUnion: fc.Arbitrary<JsonSchema> = fc
  .tuple(
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 3 }),
    fc.boolean(),
    arbitrarySchema,
  )
  .chain(([levels, width, tagged, leaf]) =>
    fc.constantFrom('anyOf', 'oneOf').map((union) => {
      const nest = (level: number): JsonSchema => {
        if (level === 0) return leaf;
        const inner = nest(level - 1);
        const options = Array.from({ length: width }, (_, index) => ({
          type: 'object',
          properties: {
            ...(tagged ? { kind: { const: index } } : {}),
            [NAMES[index % 2] as string]: inner,
            c: { type: 'integer', minimum: index },
          },
          required: tagged ? ['kind'] : ['c'],
        }));
        return { [union]: options };
      };
      return nest(levels);
    }),
  );

/** References that lead back without going into the value are no schema: no validator ends on them. */
function isCyclic(definition: JsonSchema): boolean {
  return JSON.stringify(definition).includes('$ref');
}

/** A root whose definition may contain itself. */
export const rooted: fc.Arbitrary<JsonSchema> = fc
  .tuple(
    fc.oneof({ arbitrary: arbitrarySchema, weight: 4 }, { arbitrary: nestedUnion, weight: 1 }),
    arbitrarySchema,
  )
  .map(([schema, definition]): JsonSchema => {
    const $defs = { d: isCyclic(definition) ? { type: 'array', items: definition } : definition };
    return typeof schema === 'boolean' ? schema : { ...schema, $defs };
  });

/** Two versions of a schema: unrelated ones, or one with something changed somewhere inside. */
export const pair: fc.Arbitrary<readonly [old: JsonSchema, next: JsonSchema]> = fc.oneof(
  fc.tuple(rooted, rooted),
  fc
    .tuple(rooted, fc.nat(), arbitrarySchema)
    .map(([schema, at, leaf]) => [schema, changed(schema, at, leaf)] as const),
);

/** The schema with its `at`-th place (counted round and round) made anew. */
function changed(schema: JsonSchema, at: number, leaf: JsonSchema): JsonSchema {
  const places: (() => void)[] = [];
  const copy = JSON.parse(JSON.stringify(schema)) as JsonSchema;
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) visit(item);
    if (!isObject(node)) return;
    const fields = node as Record<string, unknown>;
    for (const [key, value] of Object.entries(fields)) {
      if (typeof value === 'number')
        places.push(() => (fields[key] = Math.abs(Math.trunc(value)) + 1));
      else if (key === 'items' || key === 'additionalProperties' || key === 'not') {
        places.push(() => (fields[key] = leaf));
      } else if (key === 'properties' && isObject(value)) {
        for (const each of Object.keys(value)) {
          places.push(() => ((value as Record<string, unknown>)[each] = leaf));
        }
      } else if (key === 'required') places.push(() => (fields[key] = []));
      if (key !== 'enum' && key !== 'const') visit(value);
    }
  };
  visit(copy);
  places[at % Math.max(1, places.length)]?.();
  return copy;
}

/** Values near to a value: most of them valid for one schema and not for the other. */
export function mutations(value: Json): Json[] {
  if (typeof value === 'number') return [value + 1, value - 1, value + 0.5, -value];
  if (typeof value === 'string') return [`${value}a`, value.slice(1), `b${value}`];
  if (Array.isArray(value)) {
    return [[...value, 1], value.slice(1), [...value, ...value.slice(0, 1)]];
  }
  if (!isObject(value)) return [];
  const fields = value as Keywords & { [key: string]: Json };
  return [
    { ...fields, a: 'a' },
    { ...fields, b: null },
    { ...fields, aa: 1 },
    ...Object.keys(fields).map((key) =>
      Object.fromEntries(Object.entries(fields).filter(([each]) => each !== key)),
    ),
  ];
}
