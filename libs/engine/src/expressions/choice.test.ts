import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../json.ts';
import { wildcardMatches } from './choice/wildcard.ts';
import { parseTimestamp } from './choice/timestamp.ts';
import { compileChoiceRule } from './choice.ts';
import { scopeOf, thrownBy } from './scope.fixture.ts';

const where = { field: 'Choices[0]', stateName: 'S' };

function test(rule: JsonObject, input: Json): boolean {
  return compileChoiceRule(rule, 'JSONPath', where).test(scopeOf(input)) as boolean;
}

describe('a comparison', () => {
  it.each<[string, Json, Json, boolean]>([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 1, '1', false],
    ['StringLessThan', 'B', 'a', true],
    ['StringGreaterThanEquals', 'a', 'a', true],
    ['NumericEquals', 1, 1, true],
    ['NumericEquals', '1', 1, false],
    ['NumericLessThan', -1, 0, true],
    ['NumericGreaterThan', 2, 1, true],
    ['NumericLessThanEquals', 2, 1, false],
    ['BooleanEquals', false, false, true],
    ['BooleanEquals', 'false', false, false],
    ['TimestampEquals', '2024-05-01T10:00:00+02:00', '2024-05-01T08:00:00Z', true],
    ['TimestampLessThan', '2024-05-01T08:00:00.000000001Z', '2024-05-01T08:00:00.000000002Z', true],
    ['TimestampGreaterThan', '2024-05-01 08:00:00Z', '2023-05-01T08:00:00Z', false],
    ['StringMatches', 'log-2024.txt', 'log-*.txt', true],
    ['StringMatches', 7, '*', false],
    ['IsNull', null, true, true],
    ['IsNull', 0, false, true],
    ['IsString', 'a', false, false],
    ['IsNumeric', 1.5, true, true],
    ['IsBoolean', 'true', true, false],
    ['IsTimestamp', '2024-05-01T08:00:00Z', true, true],
    ['IsTimestamp', '2024-05-01T08:00:00', true, false],
    ['IsPresent', null, true, true],
  ])('%s of %j with %j is %s', (operator, value, operand, expected) => {
    expect(test({ Variable: '$.v', [operator]: operand }, { v: value })).toBe(expected);
  });

  it('takes its operand from the input in its Path form', () => {
    const rule = { Variable: '$.v', NumericGreaterThanPath: '$.limit' };
    expect(test(rule, { v: 2, limit: 1 })).toBe(true);
    expect(test(rule, { v: '2', limit: 1 })).toBe(false);
    expect(test({ Variable: '$.v', StringEqualsPath: '$.limit' }, { v: '1', limit: 1 })).toBe(
      false,
    );
  });

  it('makes a number of the operand of a numeric Path form', () => {
    const rule = { Variable: '$.v', NumericGreaterThanPath: '$.limit' };
    for (const limit of [false, null, [6], {}, 'text', '1']) {
      expect(test(rule, { v: 2, limit })).toBe(true);
    }
  });

  it.each<JsonObject>([
    { Variable: '$.none', StringEquals: 'a' },
    { Variable: '$.none', IsNull: true },
    { Variable: '$.v', StringEqualsPath: '$.none' },
  ])('fails when a path of %j matches nothing', (rule) => {
    expect(thrownBy(() => test(rule, { v: 'a' }))).toMatchObject({
      error: 'States.Runtime',
      cause:
        "Invalid path '$.none': The choice state's condition path references an invalid value.",
    });
  });

  it('may ask whether a value is there at all', () => {
    expect(test({ Variable: '$.none', IsPresent: false }, {})).toBe(true);
    expect(test({ Variable: '$.none.deep[0]', IsPresent: true }, { none: 1 })).toBe(false);
  });
});

describe('And, Or and Not', () => {
  const present = (name: string): JsonObject => ({ Variable: `$.${name}`, IsPresent: true });
  const isOne = (name: string): JsonObject => ({ Variable: `$.${name}`, NumericEquals: 1 });

  it('combine rules', () => {
    expect(test({ And: [isOne('a'), { Not: isOne('b') }] }, { a: 1, b: 2 })).toBe(true);
    expect(test({ Or: [isOne('a'), isOne('b')] }, { a: 2, b: 2 })).toBe(false);
  });

  it('stop at the rule that decides', () => {
    expect(test({ And: [present('a'), isOne('a')] }, {})).toBe(false);
    expect(test({ Or: [{ Not: present('a') }, isOne('a')] }, {})).toBe(true);
  });
});

describe('a Condition', () => {
  const condition = (value: Json, input: Json) =>
    compileChoiceRule({ Condition: value }, 'JSONata', where).test(scopeOf(input));

  it('is an expression that gives true or false', async () => {
    expect(await condition('{% $states.input.n > 1 %}', { n: 2 })).toBe(true);
    expect(await condition('{% $count($states.input.list) = 2 %}', { list: [1] })).toBe(false);
    expect(await condition(true, {})).toBe(true);
  });

  it('fails for any other value, naming its type', async () => {
    await expect(async () => condition('{% $states.input.n %}', { n: [1] })).rejects.toMatchObject({
      error: 'States.QueryEvaluationError',
      cause:
        "The JSONata expression '$states.input.n' specified for the field 'Choices[0]/Condition' " +
        "returned an unexpected result type. Expected 'boolean', but was 'array' for value: [1]",
    });
  });
});

describe('wildcards', () => {
  it('stand for any characters unless escaped', () => {
    expect(wildcardMatches('a*c*', 'abbc')).toBe(true);
    expect(wildcardMatches('a*b', 'a')).toBe(false);
    expect(wildcardMatches('ab*ba', 'aba')).toBe(false);
    expect(wildcardMatches('a\\*', 'a*')).toBe(true);
    expect(wildcardMatches('a\\*', 'ab')).toBe(false);
    expect(wildcardMatches('\\\\*', '\\x')).toBe(true);
  });

  it('match like the regular expression they spell', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    fc.assert(
      fc.property(text, text, (pattern, value) => {
        const re = new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 's');
        expect(wildcardMatches(pattern, value)).toBe(re.test(value));
      }),
    );
  });
});

describe('timestamps', () => {
  it('are read to the nanosecond wherever RFC 3339 allows them', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
        (date) => {
          const instant = parseTimestamp(date.toISOString());
          expect(instant).toEqual({
            seconds: Math.floor(date.getTime() / 1000),
            nanoseconds: (date.getTime() % 1000) * 1e6,
          });
        },
      ),
    );
  });

  it.each([
    '2024-02-30T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01t00:00:00z',
    '2024-01-01',
    '',
  ])('are not %s', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});
