import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../json.ts';
import { diffSchemas } from './diff.ts';
import type { Direction, Verdict } from './schema-change.ts';
import { validator } from '../validator.ts';

/** What changes, from, to, direction, verdict, and the pointer and rule of a change that is listed. */
type Row = readonly [
  title: string,
  old: JsonSchema,
  next: JsonSchema,
  direction: Direction,
  verdict: Verdict,
  change?: readonly [pointer: string, rule: string],
];

const str = { type: 'string' };
const int = { type: 'integer' };
const num = { type: 'number' };
const open = (properties: object, required: string[] = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
});
const strict = (properties: object, required?: string[]) => ({
  ...open(properties, required),
  additionalProperties: false,
});
const list = (items: JsonSchema, more: object = {}) => ({ type: 'array', items, ...more });
const tuple = (...prefixItems: JsonSchema[]) => ({
  type: 'array',
  prefixItems,
  items: false,
  minItems: prefixItems.length,
});
const tagged = (tag: string, properties: object) => strict({ kind: { const: tag }, ...properties });
const tree = (value: object, more: object = {}) => ({
  $ref: '#/$defs/tree',
  $defs: { tree: strict({ value, children: list({ $ref: '#/$defs/tree' }), ...more }) },
});
const DATE =
  '^(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))$';

const rows: readonly Row[] = [
  // Objects
  [
    'a required field more',
    strict({ a: str }),
    strict({ a: str, b: str }),
    'input',
    'breaking',
    ['/b', 'required'],
  ],
  [
    'an optional field more, strict',
    strict({ a: str }),
    strict({ a: str, b: str }, ['a']),
    'input',
    'compatible',
    ['/b', 'additionalProperties'],
  ],
  [
    'an optional field more, open',
    open({ a: str }),
    open({ a: str, b: str }, ['a']),
    'input',
    'breaking',
    ['/b', 'type'],
  ],
  [
    'a field removed, strict',
    strict({ a: str, b: str }),
    strict({ a: str }),
    'input',
    'breaking',
    ['/b', 'additionalProperties'],
  ],
  [
    'a field removed, open',
    open({ a: str, b: str }),
    open({ a: str }),
    'input',
    'compatible',
    ['/b', 'required'],
  ],
  [
    'a field made optional',
    strict({ a: str }),
    strict({ a: str }, []),
    'input',
    'compatible',
    ['/a', 'required'],
  ],
  [
    'a field made required',
    strict({ a: str }, []),
    strict({ a: str }),
    'input',
    'breaking',
    ['/a', 'required'],
  ],
  [
    'a field renamed',
    strict({ a: str }),
    strict({ b: str }),
    'input',
    'breaking',
    ['/b', 'required'],
  ],
  [
    'an open object closed',
    open({ a: str }),
    strict({ a: str }),
    'input',
    'breaking',
    ['/*', 'additionalProperties'],
  ],
  [
    'a strict object opened',
    strict({ a: str }),
    open({ a: str }),
    'input',
    'compatible',
    ['/*', 'additionalProperties'],
  ],
  [
    'further fields typed',
    open({}),
    { type: 'object', additionalProperties: int },
    'input',
    'breaking',
    ['/*', 'type'],
  ],
  [
    'further fields widened',
    { type: 'object', additionalProperties: int },
    { type: 'object', additionalProperties: num },
    'input',
    'compatible',
    ['/*', 'type'],
  ],
  [
    'a deep field narrowed',
    strict({ a: strict({ b: num }) }),
    strict({ a: strict({ b: int }) }),
    'input',
    'breaking',
    ['/a/b', 'type'],
  ],
  [
    'names restricted',
    { type: 'object', additionalProperties: str },
    { type: 'object', additionalProperties: str, propertyNames: { pattern: '^[a-z]+$' } },
    'input',
    'breaking',
    ['', 'propertyNames'],
  ],
  [
    'names opened',
    { type: 'object', propertyNames: { enum: ['a'] } },
    { type: 'object' },
    'input',
    'compatible',
    ['', 'propertyNames'],
  ],
  [
    'fewer fields allowed',
    { type: 'object' },
    { type: 'object', maxProperties: 2 },
    'input',
    'breaking',
    ['', 'maxProperties'],
  ],
  [
    'at least one field',
    strict({ a: str }, []),
    { ...strict({ a: str }, []), minProperties: 1 },
    'input',
    'breaking',
    ['', 'minProperties'],
  ],
  [
    'a limit that was met anyway',
    strict({ a: str }),
    { ...strict({ a: str }), minProperties: 1, maxProperties: 4 },
    'input',
    'compatible',
  ],
  [
    'fields by pattern typed',
    open({}),
    { type: 'object', patternProperties: { '^x-': str } },
    'input',
    'breaking',
    ['/*', 'type'],
  ],
  [
    'the same fields by an equal pattern',
    { type: 'object', patternProperties: { '^[0-9]': str } },
    { type: 'object', patternProperties: { '^\\d': str } },
    'input',
    'compatible',
  ],
  [
    'a default added',
    strict({ a: str }),
    strict({ a: { ...str, default: 'x' } }, []),
    'input',
    'compatible',
    ['/a', 'default'],
  ],
  [
    'a default changed',
    strict({ a: { ...int, default: 1 } }, []),
    strict({ a: { ...int, default: 2 } }, []),
    'input',
    'compatible',
    ['/a', 'default'],
  ],
  [
    'a default removed and the field required',
    strict({ a: { ...int, default: 1 } }, []),
    strict({ a: int }),
    'input',
    'breaking',
    ['/a', 'required'],
  ],
  // Outputs
  [
    'an answered field more',
    open({ a: str }),
    open({ a: str, b: str }),
    'output',
    'compatible',
    ['/b', 'required'],
  ],
  [
    'an answered field removed',
    open({ a: str, b: str }),
    open({ a: str }),
    'output',
    'breaking',
    ['/b', 'required'],
  ],
  [
    'an answer made optional',
    strict({ a: str }),
    strict({ a: str }, []),
    'output',
    'breaking',
    ['/a', 'required'],
  ],
  [
    'an answer widened',
    strict({ a: int }),
    strict({ a: num }),
    'output',
    'breaking',
    ['/a', 'type'],
  ],
  [
    'an answer narrowed',
    strict({ a: num }),
    strict({ a: int }),
    'output',
    'compatible',
    ['/a', 'type'],
  ],
  [
    'a state more in an answer',
    { enum: ['ok'] },
    { enum: ['ok', 'failed'] },
    'output',
    'breaking',
    ['', 'enum'],
  ],
  [
    'an answer that may be null',
    strict({ a: int }),
    strict({ a: { type: ['integer', 'null'] } }),
    'output',
    'breaking',
    ['/a', 'type'],
  ],
  // Types and nullability
  ['text to number', str, num, 'input', 'breaking', ['', 'type']],
  ['integer to number', int, num, 'input', 'compatible', ['', 'type']],
  ['number to integer', num, int, 'input', 'breaking', ['', 'type']],
  ['null allowed', str, { type: ['string', 'null'] }, 'input', 'compatible', ['', 'type']],
  ['null refused', { anyOf: [str, { type: 'null' }] }, str, 'input', 'breaking', ['', 'type']],
  [
    'nullable written otherwise',
    { anyOf: [str, { type: 'null' }] },
    { type: ['string', 'null'] },
    'input',
    'compatible',
  ],
  ['anything to text', {}, str, 'input', 'breaking', ['', 'type']],
  ['nothing to text', false, str, 'input', 'compatible'],
  ['text to nothing', str, false, 'input', 'breaking', ['', 'type']],
  // Enumerations and constants
  ['a choice more', { enum: ['a'] }, { enum: ['a', 'b'] }, 'input', 'compatible', ['', 'enum']],
  ['a choice less', { enum: ['a', 'b'] }, { enum: ['a'] }, 'input', 'breaking', ['', 'enum']],
  ['a constant changed', { const: 1 }, { const: 2 }, 'input', 'breaking', ['', 'const']],
  ['a constant written as choice', { const: 'a' }, { enum: ['a'] }, 'input', 'compatible'],
  [
    'choices to a pattern that holds them',
    { enum: ['a1', 'b2'] },
    { type: 'string', pattern: '^[a-z]\\d$' },
    'input',
    'compatible',
    ['', 'enum'],
  ],
  [
    'a pattern to the choices it holds',
    { type: 'string', pattern: '^(a|b)$' },
    { enum: ['a', 'b'] },
    'input',
    'compatible',
  ],
  ['both booleans as choices', { type: 'boolean' }, { enum: [true, false] }, 'input', 'compatible'],
  [
    'an object constant to its schema',
    { const: { a: 1 } },
    strict({ a: int }),
    'input',
    'compatible',
    ['/a', 'const'],
  ],
  // Numbers
  [
    'a minimum raised',
    { ...int, minimum: 0 },
    { ...int, minimum: 1 },
    'input',
    'breaking',
    ['', 'minimum'],
  ],
  [
    'a minimum lowered',
    { ...int, minimum: 1 },
    { ...int, minimum: 0 },
    'input',
    'compatible',
    ['', 'minimum'],
  ],
  ['a maximum set', num, { ...num, maximum: 9 }, 'input', 'breaking', ['', 'maximum']],
  [
    'a bound made exclusive',
    { ...num, minimum: 0 },
    { ...num, exclusiveMinimum: 0 },
    'input',
    'breaking',
    ['', 'exclusiveMinimum'],
  ],
  [
    'the same bound of integers',
    { ...int, exclusiveMinimum: 0 },
    { ...int, minimum: 1 },
    'input',
    'compatible',
  ],
  [
    'coarser steps',
    { ...int, multipleOf: 2 },
    { ...int, multipleOf: 4 },
    'input',
    'breaking',
    ['', 'multipleOf'],
  ],
  [
    'finer steps',
    { ...num, multipleOf: 0.5 },
    { ...num, multipleOf: 0.25 },
    'input',
    'compatible',
    ['', 'multipleOf'],
  ],
  ['steps of one for integers', { ...num, multipleOf: 1 }, int, 'input', 'compatible'],
  [
    'an interval cut in two that touch',
    { ...int, minimum: 0, maximum: 9 },
    {
      anyOf: [
        { ...int, maximum: 4 },
        { ...int, minimum: 5 },
      ],
    },
    'input',
    'compatible',
    ['', 'maximum'],
  ],
  [
    'an interval cut with a hole',
    { ...num, minimum: 0, maximum: 9 },
    {
      anyOf: [
        { ...num, maximum: 4 },
        { ...num, minimum: 5 },
      ],
    },
    'input',
    'breaking',
  ],
  // Strings
  [
    'shorter text',
    { ...str, maxLength: 10 },
    { ...str, maxLength: 9 },
    'input',
    'breaking',
    ['', 'maxLength'],
  ],
  ['no empty text', str, { ...str, minLength: 1 }, 'input', 'breaking', ['', 'minLength']],
  [
    'a minimum length that the pattern gives',
    { ...str, pattern: '^\\d{3,}$' },
    { ...str, minLength: 3 },
    'input',
    'compatible',
    ['', 'pattern'],
  ],
  ['a pattern added', str, { ...str, pattern: '^a' }, 'input', 'breaking', ['', 'pattern']],
  [
    'a pattern written otherwise',
    { ...str, pattern: '^\\d{12}$' },
    { ...str, pattern: '^[0-9]{6}[0-9]{6}$' },
    'input',
    'compatible',
  ],
  [
    'a pattern widened',
    { ...str, pattern: '^arn:aws:sns:' },
    { ...str, pattern: '^arn:aws[a-z-]*:(sns|sqs):' },
    'input',
    'compatible',
    ['', 'pattern'],
  ],
  [
    'a pattern narrowed',
    { ...str, pattern: '^[a-z]+$' },
    { ...str, pattern: '^[a-y]+$' },
    'input',
    'breaking',
    ['', 'pattern'],
  ],
  [
    'days to a year and a month',
    { ...str, pattern: DATE },
    { ...str, pattern: '^\\d{4}-\\d{2}' },
    'input',
    'compatible',
    ['', 'pattern'],
  ],
  [
    'any digits to days',
    { ...str, pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    { ...str, pattern: DATE },
    'input',
    'breaking',
    ['', 'pattern'],
  ],
  [
    'a look-ahead at the start',
    { ...str, pattern: '^[a-c]+$' },
    { ...str, pattern: '^(?!a)[a-c]+$' },
    'input',
    'breaking',
    ['', 'pattern'],
  ],
  [
    'a back-reference that nothing decides',
    { ...str, pattern: '^(aa|bb)$' },
    { ...str, pattern: '^([a-z])\\1$' },
    'input',
    'unknown',
    ['', 'pattern'],
  ],
  ['a format added', str, { ...str, format: 'email' }, 'input', 'breaking', ['', 'format']],
  [
    'a format changed',
    { ...str, format: 'date' },
    { ...str, format: 'date-time' },
    'input',
    'breaking',
    ['', 'format'],
  ],
  ['a format dropped', { ...str, format: 'uuid' }, str, 'input', 'compatible', ['', 'format']],
  // Arrays and tuples
  ['items narrowed', list(num), list(int), 'input', 'breaking', ['/*', 'type']],
  [
    'an item at least',
    list(str),
    list(str, { minItems: 1 }),
    'input',
    'breaking',
    ['', 'minItems'],
  ],
  [
    'more items',
    list(str, { maxItems: 2 }),
    list(str, { maxItems: 3 }),
    'input',
    'compatible',
    ['', 'maxItems'],
  ],
  [
    'no item twice',
    list(int),
    list(int, { uniqueItems: true }),
    'input',
    'breaking',
    ['', 'uniqueItems'],
  ],
  [
    'no item twice where there is one',
    list(int, { maxItems: 1 }),
    list(int, { maxItems: 1, uniqueItems: true }),
    'input',
    'compatible',
  ],
  ['a tuple to a list', tuple(str, str), list(str), 'input', 'compatible'],
  ['a list to a tuple', list(str), tuple(str, str), 'input', 'breaking', ['', 'minItems']],
  [
    'a place of a tuple narrowed',
    tuple(str, num),
    tuple(str, int),
    'input',
    'breaking',
    ['/1', 'type'],
  ],
  ['a place more in a tuple', tuple(str), tuple(str, int), 'input', 'breaking', ['', 'minItems']],
  [
    'contains asked for',
    list(int),
    list(int, { contains: { const: 1 } }),
    'input',
    'breaking',
    ['', 'contains'],
  ],
  // Unions
  ['a form more', { anyOf: [str] }, { anyOf: [str, int] }, 'input', 'compatible', ['', 'type']],
  ['a form less', { anyOf: [str, int] }, { anyOf: [str] }, 'input', 'breaking', ['', 'type']],
  ['forms in another order', { anyOf: [str, int] }, { anyOf: [int, str] }, 'input', 'compatible'],
  [
    'a kind more',
    { oneOf: [tagged('a', {})] },
    { oneOf: [tagged('a', {}), tagged('b', {})] },
    'input',
    'compatible',
    ['/kind', 'const'],
  ],
  [
    'a kind less',
    { oneOf: [tagged('a', {}), tagged('b', {})] },
    { oneOf: [tagged('a', {})] },
    'input',
    'breaking',
    ['/kind', 'const'],
  ],
  [
    'a kind that asks for more',
    { oneOf: [tagged('a', { x: int }), tagged('b', {})] },
    { oneOf: [tagged('a', { x: int, y: int }), tagged('b', {})] },
    'input',
    'breaking',
    ['/y', 'required'],
  ],
  [
    'kinds split by a choice',
    strict({ kind: { enum: ['a', 'b'] } }),
    { oneOf: [tagged('a', {}), tagged('b', {})] },
    'input',
    'compatible',
  ],
  [
    'kinds joined',
    { oneOf: [tagged('a', { x: int }), tagged('b', { x: int })] },
    strict({ kind: { enum: ['a', 'b'] }, x: int }),
    'input',
    'compatible',
  ],
  [
    'forms that overlap made exclusive',
    {
      anyOf: [
        { ...int, minimum: 0 },
        { ...int, maximum: 5 },
      ],
    },
    {
      oneOf: [
        { ...int, minimum: 0 },
        { ...int, maximum: 5 },
      ],
    },
    'input',
    'breaking',
    ['', 'oneOf'],
  ],
  ['a condition added', str, { ...str, not: { const: 'a' } }, 'input', 'unknown', ['', 'not']],
  // References and recursion
  [
    'a schema put into a definition',
    strict({ a: int }),
    { ...strict({ a: { $ref: '#/$defs/i' } }), $defs: { i: int } },
    'input',
    'compatible',
  ],
  [
    'a definition renamed',
    { $ref: '#/$defs/a', $defs: { a: int } },
    { $ref: '#/$defs/b', $defs: { b: int } },
    'input',
    'compatible',
  ],
  ['a tree widened', tree(int), tree(num), 'input', 'compatible', ['/value', 'type']],
  ['a tree narrowed', tree(num), tree(int), 'input', 'breaking', ['/value', 'type']],
  [
    'a tree with a field more',
    tree(int),
    tree(int, { label: str }),
    'input',
    'breaking',
    ['/label', 'required'],
  ],
  ['a tree answered narrower', tree(num), tree(int), 'output', 'compatible', ['/value', 'type']],
  [
    'a tree made flat',
    tree(int),
    strict({ value: int, children: list(strict({ value: int, children: list(false) })) }),
    'input',
    'breaking',
  ],
  [
    'a description',
    { ...str, description: 'old' },
    { ...str, description: 'new', title: 'x' },
    'input',
    'compatible',
  ],
];

describe('diffSchemas', () => {
  test.each(
    rows.map(([title, old, next, direction, verdict, change]) => ({
      ...{ title, old, next, direction, verdict, change },
    })),
  )('$title', ({ old, next, direction, verdict, change }) => {
    const diff = diffSchemas(old, next, direction);
    expect({ verdict: diff.verdict, changes: diff.changes }).toMatchObject({ verdict });
    if (change)
      expect(diff.changes.map(({ pointer, rule }) => [pointer, rule])).toContainEqual(change);
    const [from, to] = direction === 'input' ? [old, next] : [next, old];
    for (const { counterexample } of diff.changes) {
      if (counterexample === undefined) continue;
      expect(validator(from)(counterexample)).toBe(true);
      expect(validator(to)(counterexample)).toBe(false);
    }
    expect(verdict === 'breaking').toBe(diff.changes.some((each) => 'counterexample' in each));
  });

  test('the table has at least sixty changes, each with a title of its own', () => {
    expect(new Set(rows.map(([title]) => title)).size).toBeGreaterThanOrEqual(60);
  });
});
