import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { findUnrepresentable } from './representable.ts';
import { toJsonSchema } from './to-json-schema.ts';

const KEYS = ['a', 'b', 'c'];
const WORDS = ['', 'a', 'ab', 'abc', 'arn:x', '2026-01-31', '2026-02-30', '123456789012'];

/** Schemas from all that a contract accepts, small enough that random values often fit them. */
const schemas = fc.letrec<{ any: z.ZodType; object: z.ZodType; leaf: z.ZodType }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom<z.ZodType>(
      z.string(),
      z.string().min(1).max(2),
      z.string().regex(/^a/),
      z.string().startsWith('a').endsWith('c'),
      z.iso.date(),
      z.number(),
      z.int().min(0),
      z.number().gt(0).lte(2),
      z.number().multipleOf(2),
      z.boolean(),
      z.null(),
      z.unknown(),
      z.never(),
      z.enum(['a', 'ab']),
      z.literal(['a', 1, null]),
      z.templateLiteral(['arn:', z.string()]),
    ),
  ),
  object: fc
    .record({
      kind: fc.constantFrom(z.object, z.strictObject, z.looseObject),
      shape: fc.dictionary(fc.constantFrom(...KEYS), tie('any'), { maxKeys: 3 }),
    })
    .map(({ kind, shape }): z.ZodType => kind(shape)),
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('leaf'),
    tie('object'),
    tie('any').map((inner): z.ZodType => inner.optional()),
    tie('any').map((inner): z.ZodType => inner.nullable()),
    tie('any').map((inner): z.ZodType => z.array(inner).min(1).max(2)),
    // A place that takes anything is refused: see the test of representable.ts.
    tie('any')
      .filter((inner) => !inner.safeParse(undefined).success)
      .map((inner): z.ZodType => z.tuple([inner], z.string())),
    tie('any').map((inner): z.ZodType => z.record(z.string().min(1), inner)),
    tie('any').map((inner): z.ZodType => z.partialRecord(z.enum(['a', 'b']), inner)),
    fc.tuple(tie('any'), tie('any')).map((options): z.ZodType => z.union(options)),
    fc
      .tuple(tie('any'), tie('any'))
      .map(([a, b]): z.ZodType =>
        z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('x'), a }),
          z.object({ kind: z.literal('y'), b }),
        ]),
      ),
    fc
      .constantFrom<z.ZodType>(z.string().default('a'), z.int().prefault(1))
      .map((inner): z.ZodType => z.strictObject({ a: inner, b: z.string().optional() })),
  ),
}));

const values = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...WORDS, null, true, false, 0, 1, 2, -1, 1.5, 4),
    fc.array(tie('any'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('any'), { maxKeys: 3 }),
    fc.record({ kind: fc.constantFrom('x', 'y'), a: tie('any') }, { requiredKeys: ['kind'] }),
  ),
}));

test('Zod and the JSON Schema of the input side accept the same values', () => {
  const ajv = new Ajv2020({ strict: false });
  const accepted = { yes: 0, no: 0 };
  fc.assert(
    fc.property(
      schemas.any,
      fc.array(values.any, { minLength: 8, maxLength: 8 }),
      (schema, list) => {
        expect(findUnrepresentable(schema, 'schema', 'any')).toEqual([]);
        const validate = ajv.compile(toJsonSchema(schema, 'input') as object | boolean);
        for (const value of list) {
          const byZod = z.safeParse(schema, value).success;
          expect({ value, accepted: validate(value) }).toEqual({ value, accepted: byZod });
          accepted[byZod ? 'yes' : 'no'] += 1;
        }
      },
    ),
    { numRuns: 150 },
  );
  // Not vacuous: both answers occur often.
  expect(Math.min(accepted.yes, accepted.no)).toBeGreaterThan(50);
});

test('what Zod gives back is valid under the JSON Schema of the output side', () => {
  const ajv = new Ajv2020({ strict: false });
  fc.assert(
    fc.property(
      schemas.any,
      fc.array(values.any, { minLength: 8, maxLength: 8 }),
      (schema, list) => {
        const validate = ajv.compile(toJsonSchema(schema, 'output') as object | boolean);
        for (const value of list) {
          const parsed = z.safeParse(schema, value);
          if (parsed.success)
            expect({ value, valid: validate(parsed.data) }).toMatchObject({ valid: true });
        }
      },
    ),
    { numRuns: 100 },
  );
});
