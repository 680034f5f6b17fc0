import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateJson } from './validate-json.ts';

const issuesOf = (schema: Record<string, unknown>, value: unknown) =>
  validateJson({ schema, value, path: 'payload' }).map(
    ({ path, message }) => `${path}: ${message}`,
  );

describe('validateJson', () => {
  it.each<[Record<string, unknown>, unknown, string]>([
    [{ enum: ['a', 'b'] }, 'c', 'payload: must be one of "a", "b"; it is "c"'],
    [{ const: 1 }, 2, 'payload: must be 1; it is 2'],
    [{ required: ['a/b'] }, {}, 'payload["a/b"]: is missing'],
    [{ unevaluatedProperties: false }, { x: 1 }, 'payload.x: is not a known field'],
    [
      { format: 'date' },
      '2026-02-30',
      'payload: must be an ISO 8601 date such as 2026-01-31; it is "2026-02-30"',
    ],
    [{ items: { items: { type: 'string' } } }, [[], [1]], 'payload[1][0]: must be string; it is 1'],
  ])('words what %j refuses as a person would', (schema, value, issue) => {
    expect(issuesOf(schema, value)).toEqual([issue]);
  });

  it('shortens a long value', () => {
    const [issue] = issuesOf({ type: 'number' }, 'x'.repeat(1000));
    expect(issue?.length).toBeLessThan(120);
  });

  it('ignores keywords of other tools, and takes patterns that are valid without the flag u', () => {
    expect(issuesOf({ 'x-tool': 1, pattern: '^a\\_b$' }, 'a_b')).toEqual([]);
    expect(issuesOf({ pattern: '^a\\_b$' }, 'ab')).toHaveLength(1);
  });

  it.each([
    ['^(a+)+$', `${'a'.repeat(5000)}!`, 'must match pattern'],
    ['^(a|a)*$', `${'a'.repeat(5000)}!`, 'must match pattern'],
    ['^(\\w+\\s?)*$', `${'a'.repeat(5000)}!`, 'must match pattern'],
    ['^(?=(a+)+$)a*b?$', `${'a'.repeat(40)}b!`, 'must match pattern'],
    ['^([a-z]+)*\\1$', `${'a'.repeat(60)}!`, 'cannot be checked: the pattern'],
    ['^(a\\_?)+$', `${'a'.repeat(60)}!`, ''],
  ])('comes to an end with %s, whatever it is asked', (pattern, value, message) => {
    expect(issuesOf({ pattern }, value)).toEqual([expect.stringContaining(`payload: ${message}`)]);
  });

  it('counts as a pattern without the flag u does', () => {
    expect(issuesOf({ pattern: '^..$' }, '🦆')).toEqual([]);
    expect(issuesOf({ pattern: '^.$' }, 'ü')).toEqual([]);
  });

  it('holds a fraction exactly against multipleOf', () => {
    expect(issuesOf({ multipleOf: 0.01 }, 0.07)).toEqual([]);
    expect(issuesOf({ multipleOf: 0.01 }, 0.075)).toEqual([
      'payload: must be multiple of 0.01; it is 0.075',
    ]);
  });

  it('finds one of many items that is there twice', () => {
    const items = Array.from({ length: 60_000 }, (_, index) => [index]);
    expect(issuesOf({ uniqueItems: true }, items)).toEqual([]);
    const [issue] = issuesOf({ uniqueItems: true }, [...items, [0]]);
    expect(issue).toMatch(/^payload: must NOT have duplicate items; it is /);
    expect(
      issuesOf({ uniqueItems: true }, [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ]),
    ).toHaveLength(1);
  });

  it('reports a schema that cannot be used, rather than passing or throwing', () => {
    expect(issuesOf({ pattern: '(' }, 'x')).toEqual([
      expect.stringMatching(/^payload: its schema cannot be used: /),
    ]);
  });

  it('finds every field that a strict schema does not know, whatever its name', () => {
    const name = fc.string({ minLength: 1 }).filter((key) => key !== '__proto__');
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1 }), (names) => {
        const value = Object.fromEntries(names.map((key) => [key, 1]));
        const issues = validateJson({ schema: { additionalProperties: false }, value, path: 'p' });
        expect(issues.every(({ message }) => message === 'is not a known field')).toBe(true);
        expect(new Set(issues.map(({ path }) => path)).size).toBe(names.length);
      }),
    );
  });
});

it('calls a format by its name, and not by the pattern that says the same', () => {
  const schema = { type: 'string', format: 'date-time', pattern: '^\\d{4}-\\d\\d-\\d\\dT.*Z$' };
  expect(validateJson({ schema, value: 'soon', path: 'payload.from' })).toEqual([
    {
      path: 'payload.from',
      message: 'must be an ISO 8601 date-time such as 2026-01-31T08:00:00Z; it is "soon"',
    },
  ]);
  expect(
    validateJson({ schema: { type: 'string', pattern: '^a$' }, value: 'b', path: 'x' })[0]?.message,
  ).toBe('must match pattern "^a$"; it is "b"');
});
