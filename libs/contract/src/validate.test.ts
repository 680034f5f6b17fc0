import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { formatIssue } from './errors.ts';
import { checkId, checkName, checkStageName } from './name.ts';
import { formatPath } from '@harmony/schema/paths';
import { validate } from './validate.ts';

function messages(schema: z.ZodType, value: unknown, root = ''): string[] {
  const result = validate(schema, value, root);
  return result.success ? [] : result.issues.map(formatIssue);
}

describe('messages', () => {
  test('start with the root that the caller gives', () => {
    const schema = z.object({ 'a-b': z.array(z.number()) });
    expect(messages(schema, { 'a-b': [1, 'x'] }, 'targets["x"].configuration')).toEqual([
      'targets["x"].configuration["a-b"][1]: expected number, got "x"',
    ]);
    expect(messages(schema, 3)).toEqual(['expected object, got 3']);
  });

  test('say of a union why each of its forms refuses', () => {
    const schema = z.object({ to: z.union([z.string(), z.strictObject({ arn: z.string() })]) });
    expect(messages(schema, { to: { arn: 1 } })).toEqual([
      'to: matches none of its 2 forms: (1) expected string, got object {"arn":1}, (2) arn: expected string, got 1',
    ]);
  });

  test('say of a discriminated union which options there are', () => {
    const schema = z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('day') }),
      z.strictObject({ kind: z.literal('month'), day: z.number() }),
    ]);
    expect(messages(schema, { kind: 'year' })[0]).toContain('"kind" names none of the options');
    expect(messages(schema, { kind: 'month' })).toEqual(['day: missing: expected number']);
  });

  test('quote a long value in part only', () => {
    const [message] = messages(z.string(), { text: 'x'.repeat(10_000) });
    expect(message?.length).toBeLessThan(120);
  });
});

test('paths are written as in code', () => {
  expect(formatPath(['targets', 'a b', 0, 'x', '1st', ''])).toBe('targets["a b"][0].x["1st"][""]');
  expect(formatPath(['x'], 'root')).toBe('root.x');
  expect(formatPath([])).toBe('');
});

describe('names', () => {
  test('a stage leaves room for the names that it prefixes', () => {
    expect(checkStageName('prod')).toEqual([]);
    expect(checkStageName('a'.repeat(17))).toHaveLength(1);
    expect(checkName('a'.repeat(63))).toEqual([]);
    expect(`${'s'.repeat(16)}-${'a'.repeat(63)}`).toHaveLength(80);
  });

  test('every issue is told at once', () => {
    expect(checkName(`${'a'.repeat(64)}!`, 'the.path').map(({ path }) => path)).toEqual([
      'the.path',
      'the.path',
    ]);
  });

  test.each([undefined, 3, null, {}])('%j is no id', (value) => {
    expect(checkId(value)[0]?.message).toMatch(/^expected a string/);
  });
});
