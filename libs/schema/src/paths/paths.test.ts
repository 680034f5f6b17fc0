import { expect, test } from 'vitest';
import * as z from 'zod';
import type { JsonSchema } from '../json.ts';
import { declares, schemaAt, setAt } from './index.ts';

const schema = z.toJSONSchema(
  z.object({
    account: z.object({ id: z.string(), name: z.string().optional() }),
    regions: z.array(z.object({ code: z.string() })),
    any: z.unknown(),
    byName: z.record(z.string(), z.object({ x: z.number() })),
    either: z.union([z.object({ a: z.string(), b: z.string() }), z.object({ a: z.number() })]),
  }),
  { io: 'output' },
) as JsonSchema;

test('schemaAt gives the schema at a path, and whether something is sure to be there', () => {
  expect(schemaAt(schema, ['account', 'id'])).toEqual({ schema: { type: 'string' }, sure: true });
  expect(schemaAt(schema, ['account', 'name'])?.sure).toBe(false);
  expect(schemaAt(schema, ['either', 'a'])).toMatchObject({
    schema: { anyOf: [{ type: 'string' }, { type: 'number' }] },
    sure: true,
  });
  expect(schemaAt(schema, ['either', 'b'])).toBeUndefined();
  expect(schemaAt(schema, ['nowhere'])).toBeUndefined();
  expect(schemaAt(schema, [])?.sure).toBe(true);
});

test('declares follows lists and records, and takes an open object for no declaration', () => {
  for (const path of ['account.name', 'regions.code', 'any.thing', 'byName.x.x', 'either.b']) {
    expect([path, declares(schema, path.split('.'))]).toEqual([path, true]);
  }
  for (const path of ['account.nmae', 'regions.name', 'byName.x.y', 'either.c', 'account.id.x']) {
    expect([path, declares(schema, path.split('.'))]).toEqual([path, false]);
  }
});

test('setAt leaves its value as it was and makes the objects that are missing', () => {
  const value = { kept: 1, list: [1] };
  expect(setAt(value, ['new', 'leaf'], 2)).toEqual({ kept: 1, list: [1], new: { leaf: 2 } });
  expect(setAt(value, ['list', 'leaf'], 2)).toEqual({ kept: 1, list: { leaf: 2 } });
  expect(setAt(value, [], 2)).toBe(2);
  expect(value).toEqual({ kept: 1, list: [1] });
});
