import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { findUnrepresentable } from './representable.ts';

const issuesOf = (schema: z.ZodType) =>
  findUnrepresentable(schema, 'configuration', 'any').map(({ path }) => path);

describe('what JSON Schema cannot say is refused with its path', () => {
  const refused: Record<string, z.ZodType> = {
    refine: z.string().refine((text) => text !== 'x'),
    superRefine: z.string().superRefine(() => undefined),
    check: z.string().check(() => undefined),
    transform: z.string().transform(Number),
    preprocess: z.preprocess(String, z.string()),
    pipe: z.string().pipe(z.string()),
    codec: z.codec(z.string(), z.number(), { decode: Number, encode: String }),
    stringbool: z.stringbool(),
    custom: z.custom<string>(() => true),
    instanceof: z.instanceof(Date),
    date: z.date(),
    bigint: z.bigint(),
    map: z.map(z.string(), z.string()),
    set: z.set(z.string()),
    function: z.function() as unknown as z.ZodType,
    symbol: z.symbol(),
    undefined: z.undefined(),
    void: z.void(),
    nan: z.nan(),
    promise: z.promise(z.string()),
    file: z.file(),
    catch: z.string().catch('x'),
    coerce: z.coerce.number(),
    trim: z.string().trim(),
    lowercasing: z.string().toLowerCase(),
    url: z.url(),
    ipv6: z.ipv6(),
    jwt: z.jwt(),
    'a flag of a pattern': z.string().regex(/a/i),
    'a pattern not in Unicode mode': z.string().regex(/\-/),
    'a place of a tuple of any type': z.tuple([z.unknown()], z.string()),
    'bigint literal': z.literal(1n),
    'undefined literal': z.literal(undefined),
    'numeric keys': z.record(z.number(), z.string()),
    'loose record': z.looseRecord(z.string().regex(/^a/), z.string()),
    intersection: z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })),
    'a keyword by meta': z.string().meta({ minLength: 3 }),
    'a default that its schema refuses': z.string().min(3).default('x'),
  };

  test.each(Object.entries(refused))('%s', (_, schema) => {
    const nested = z.strictObject({ list: z.array(z.strictObject({ 'the-field': schema })) });
    expect(new Set(issuesOf(nested))).toEqual(new Set(['configuration.list[]["the-field"]']));
  });

  test('in every position', () => {
    const bad = z.date();
    const schema = z.strictObject({
      optional: bad.optional(),
      nullable: bad.nullable(),
      tuple: z.tuple([z.string(), bad], bad),
      record: z.record(z.string(), bad),
      union: z.union([z.string(), bad]),
      rest: z.object({}).catchall(bad),
      lazy: z.lazy(() => z.strictObject({ inner: bad })),
    });
    // One schema object is reported once, where it is first met; so each gets one of its own.
    expect(issuesOf(schema)).toHaveLength(1);
    const paths = Object.entries(schema.shape).map(([key, field]) =>
      issuesOf(z.strictObject({ [key]: field })),
    );
    expect(paths).toEqual([
      ['configuration.optional'],
      ['configuration.nullable'],
      ['configuration.tuple[1]'],
      ['configuration.record[*]'],
      ['configuration.union'],
      ['configuration.rest[*]'],
      ['configuration.lazy.inner'],
    ]);
  });
});

test('what JSON Schema can say is accepted', () => {
  const Tree = z.strictObject({
    name: z.string(),
    get children() {
      return z.array(Tree).optional();
    },
  });
  const schema = z.strictObject({
    text: z.string().min(1).max(9).regex(/^a/).startsWith('a').endsWith('b').includes('c'),
    formats: z.strictObject({
      date: z.iso.date(),
      time: z.iso.datetime(),
      email: z.email(),
      id: z.uuid(),
      ip: z.ipv4(),
      base64: z.base64(),
    }),
    number: z.number().int().min(1).max(9).multipleOf(3).nullable(),
    literal: z.literal(['a', 1, true, null]),
    choice: z.enum(['a', 'b']).optional(),
    template: z.templateLiteral(['arn:', z.string()]),
    list: z.array(z.string()).min(1).max(3).readonly(),
    tuple: z.tuple([z.string(), z.number()], z.boolean()),
    tags: z.record(z.string(), z.array(z.string())),
    limits: z.partialRecord(z.enum(['cpu', 'memory']), z.int()),
    union: z.union([z.string(), z.number()]),
    shape: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('circle'), radius: z.number() }),
      z.strictObject({ kind: z.literal('square'), side: z.number() }),
    ]),
    fallback: z.string().default('x').describe('a note'),
    anything: z.unknown(),
    tree: Tree,
  });
  expect(findUnrepresentable(schema, 'configuration', 'strict')).toEqual([]);
});

describe('openness', () => {
  test('every object of a configuration is strict', () => {
    const schema = z.strictObject({
      open: z.object({}),
      loose: z.looseObject({}),
      typed: z.object({}).catchall(z.string()),
      list: z.array(z.object({})),
    });
    const issues = findUnrepresentable(schema, 'configuration', 'strict');
    expect(issues.map(({ path }) => path)).toEqual([
      'configuration.open',
      'configuration.loose',
      'configuration.typed',
      'configuration.list[]',
    ]);
    expect(issues[0]?.message).toContain('z.strictObject()');
  });

  test('a payload is open at its root and may be strict below', () => {
    const inner = { period: z.strictObject({ start: z.string() }) };
    expect(findUnrepresentable(z.object(inner), 'payload', 'open-root')).toEqual([]);
    expect(findUnrepresentable(z.looseObject(inner), 'payload', 'open-root')).toEqual([]);
    expect(findUnrepresentable(z.strictObject(inner), 'payload', 'open-root')).toHaveLength(1);
  });
});
