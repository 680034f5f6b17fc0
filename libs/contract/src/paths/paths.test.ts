import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { toJsonSchema } from '../to-json-schema.ts';
import { declares, readExpression, schemaAt, setAt } from './index.ts';

const read = (text: string) => readExpression(text).fields.map(({ path }) => path.join('.'));
const problems = (text: string) => readExpression(text).problems.map(({ message }) => message);

describe('readExpression', () => {
  test.each([
    ["account.name = 'Shop'", ['account', 'account.name']],
    ['$exists(account.name) and count > 3', ['account', 'account.name', 'count']],
    ['regions[code = "eu"].name', ['regions', 'regions.code', 'regions.name']],
    ['($a := account; $a.name)', ['account', 'account.name']],
    ['$count(regions[$ in ["eu"]]) > 0', ['regions']],
    ['$filter(regions, function($r) { $r.code = kind })', ['regions', 'kind']],
    ['"eu" in regions.code ? a : b', ['regions', 'regions.code', 'a', 'b']],
    ['{"x": a}.x', ['a']],
    ['regions^(>code)[0]', ['regions', 'regions.code']],
    ['$.account', ['account']],
    ['true', []],
  ])('%s reads %j', (text, fields) => {
    expect(problems(text)).toEqual([]);
    expect(read(text)).toEqual(expect.arrayContaining(fields));
    expect(read(text).filter((field) => !fields.includes(field))).toEqual([]);
  });

  test('says where a field is named', () => {
    expect(readExpression('a = 1 and account.nmae').fields.at(-1)?.position).toBe(22);
  });

  test.each([
    ['account.name = ', 'Unexpected end'],
    ['a = 1) or (b', 'Syntax error'],
    ['$states.input', 'no variable or function $states'],
    ['$payload.a', 'no variable or function $payload'],
    ['$$.a', '$$ is not the payload'],
    ['a.%.b', 'parent'],
    ["$eval('a')", 'no variable or function $eval'],
  ])('%s is refused: %s', (text, message) => {
    expect(problems(text)[0]).toContain(message);
  });
});

const schema = toJsonSchema(
  z.object({
    account: z.object({ id: z.string(), name: z.string().optional() }),
    regions: z.array(z.object({ code: z.string() })),
    any: z.unknown(),
    byName: z.record(z.string(), z.object({ x: z.number() })),
    either: z.union([z.object({ a: z.string(), b: z.string() }), z.object({ a: z.number() })]),
  }),
  'output',
);

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
