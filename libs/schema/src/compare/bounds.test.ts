import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../json.ts';
import { matches } from '../regex/matches.ts';
import { generate } from '../sample/index.ts';
import { compareSchemas } from './compare.ts';

const strict = (properties: Readonly<Record<string, JsonSchema>>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/** Unions told apart by `kind`, each option holding the next union. */
function nested(levels: number, leaf: JsonSchema, kinds = ['a', 'b', 'c']): JsonSchema {
  if (levels === 0) return leaf;
  const inner = nested(levels - 1, leaf, kinds);
  const options = kinds.map((kind) => strict({ kind: { const: kind }, [`${kind}Of`]: inner }));
  return { oneOf: options };
}

/** Optional objects that are not told apart at all. */
function tangled(levels: number, limit: number): JsonSchema {
  if (levels === 0) return { type: 'integer', maximum: limit };
  const inner = tangled(levels - 1, limit);
  const option = (name: string, other: number) => ({
    type: 'object',
    properties: { [name]: inner, n: { type: 'integer', minimum: other } },
  });
  return { anyOf: [option('a', 0), option('b', 1), option('c', 2), option('d', 3)] };
}

const verdicts = (from: JsonSchema, to: JsonSchema) =>
  compareSchemas({ from, to }).map(({ verdict, rule }) => `${verdict} ${rule}`);

describe('compareSchemas ends soon, whatever the schemas are', () => {
  test('three unions inside of one another, with one bound changed, are compared to the end', () => {
    const from = nested(3, { type: 'integer', maximum: 100 });
    const to = nested(3, { type: 'integer', maximum: 50 });
    const found = compareSchemas({ from, to });
    expect(found).toHaveLength(27);
    expect(new Set(found.map(({ verdict, rule }) => `${verdict} ${rule}`))).toEqual(
      new Set(['breaking maximum']),
    );
    expect(compareSchemas({ from: to, to: from })).toEqual([]);
  });

  test('six of them, which written out have 729 leaves, are', () => {
    const [narrow, wide] = [50, 100].map((maximum) => nested(6, { type: 'integer', maximum }));
    expect(compareSchemas({ from: narrow as JsonSchema, to: wide as JsonSchema })).toEqual([]);
  });

  test('what takes more steps than are allowed is unknown, by name', () => {
    const [found, ...others] = compareSchemas({ from: tangled(5, 100), to: tangled(5, 50) });
    expect(others).toEqual([]);
    expect(found).toMatchObject({ pointer: '', rule: 'bounds' });
    expect(found?.message).toContain('it takes more steps than are allowed');
  });

  test('the same pair takes the same steps, whatever was compared before', () => {
    const pair = { from: tangled(4, 100), to: tangled(4, 50) };
    const first = compareSchemas(pair);
    compareSchemas({ from: tangled(3, 9), to: tangled(3, 8) });
    expect(compareSchemas(JSON.parse(JSON.stringify(pair)) as typeof pair)).toEqual(first);
  });

  test.each<readonly [JsonSchema, JsonSchema, readonly string[]]>([
    // Integers beyond 2^53, where adding one changes nothing.
    [
      { type: 'integer', minimum: 2 ** 53, maximum: 2 ** 53 + 4 },
      { type: 'integer', minimum: 2 ** 53 + 2 },
      ['breaking minimum'],
    ],
    [{ const: 2 ** 53 }, { type: 'integer', exclusiveMinimum: 2 ** 53 }, ['breaking minimum']],
    [{ type: 'integer', exclusiveMinimum: 2 ** 53 }, { type: 'integer', minimum: 2 ** 53 + 2 }, []],
    [
      { type: 'integer', minimum: 1e300, maximum: 1e300 },
      { type: 'number', maximum: 1e299 },
      ['breaking maximum'],
    ],
    // Lengths that no value of Step Functions has.
    [{ type: 'string' }, { type: 'string', minLength: 10_000_000 }, ['breaking minLength']],
    [
      { type: 'string', minLength: 10_000_000 },
      { type: 'string', minLength: 10_000_001 },
      ['unknown minLength'],
    ],
    [{ type: 'string', minLength: 10_000_000 }, { type: 'string', minLength: 9_000_000 }, []],
    [
      { type: 'string', pattern: '^[a-z]{1,5}$', maxLength: 1e9 },
      { type: 'string', pattern: '^[a-z]*$', maxLength: 1e8 },
      [],
    ],
    [
      { type: 'string', minLength: 10_000_000, pattern: '^a*$' },
      { type: 'string', pattern: '^b*$' },
      ['unknown pattern'],
    ],
    [{ type: 'array' }, { type: 'array', minItems: 10_000_000 }, ['breaking minItems']],
    [
      { type: 'array', minItems: 10_000_000 },
      { type: 'array', minItems: 10_000_001 },
      ['unknown minItems'],
    ],
    [
      { type: 'object', minProperties: 10_000_000 },
      { type: 'object', minProperties: 10_000_001 },
      ['unknown minProperties'],
    ],
    // Patterns that backtrack.
    [
      { type: 'string', pattern: '^a{40}b' },
      { type: 'string', pattern: '^(a+)+$' },
      ['breaking pattern'],
    ],
    [{ type: 'string', pattern: '^a{40}$' }, { type: 'string', pattern: '^(a+)+$' }, []],
    [
      { const: `${'a'.repeat(40)}b` },
      { type: 'string', pattern: '^(a|a)*$' },
      ['breaking pattern'],
    ],
    // What only backtracking knows is ended.
    [
      { const: `${'a'.repeat(40)}b` },
      { type: 'string', pattern: '^(a+)+\\1!$' },
      ['unknown bounds'],
    ],
    // Steps of decimal fractions, and of large ones.
    [{ multipleOf: 1e9 + 0.5 }, { multipleOf: 1 }, ['breaking multipleOf']],
    [{ const: 1e9 + 0.5 }, { multipleOf: 1 }, ['breaking multipleOf']],
    [{ type: 'number', multipleOf: 6 }, { multipleOf: 3 }, []],
    [{ type: 'number', multipleOf: 0.05 }, { multipleOf: 0.01 }, ['unknown multipleOf']],
    // Formats of numbers.
    [{ type: 'integer' }, { type: 'integer', format: 'int32' }, ['breaking format']],
    [{ type: 'integer', minimum: 0, maximum: 10 }, { type: 'integer', format: 'int32' }, []],
    [
      { type: 'integer', format: 'int32' },
      { type: 'integer', maximum: 2 ** 31 },
      ['unknown maximum'],
    ],
  ])('%j to %j', (from, to, expected) => {
    const places = verdicts(
      typeof from === 'object' && 'multipleOf' in from ? { type: 'number', ...from } : from,
      to,
    );
    expect(places).toEqual(expected);
  });

  test('a schema that cannot be read is unknown, by name, on either side', () => {
    const bad = { properties: { a: { type: 'strnig' } } };
    for (const [from, to, side] of [
      [bad, {}, 'sent'],
      [{}, bad, 'accepted'],
    ] as const) {
      expect(compareSchemas({ from, to })).toMatchObject([
        {
          verdict: 'unknown',
          rule: '$schema',
          message: expect.stringContaining(`what is ${side} cannot be read: /properties/a/type`),
        },
      ]);
    }
  });
});

test('a pattern is matched in the time its text is long, or given up by name', () => {
  expect(matches('^(a+)+$', `${'a'.repeat(5000)}b`)).toBe(false);
  expect(matches('^(a|a)*$', 'a'.repeat(5000))).toBe(true);
  expect(matches('(?<=a)b', 'ab')).toBe(true);
  expect(() => matches('^(a+)+\\1!$', `${'a'.repeat(40)}b`)).toThrow('takes too long');
});

test('no value is made that is longer than any that could be sent', () => {
  expect(generate({ type: 'string', minLength: 10_000_000 })()).toBeUndefined();
  expect(generate({ type: 'array', minItems: 10_000_000 })()).toBeUndefined();
  expect(String(generate({ type: 'string', minLength: 70_000 })())).toHaveLength(70_000);
});
