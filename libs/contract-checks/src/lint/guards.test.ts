import { defineContract } from '@harmony/contract';
import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { lintDefinition } from './lint.ts';

const { document: contract } = defineContract({
  ...{ name: 'guarded', payload: z.looseObject({}), output: z.object({}) },
  configuration: z.strictObject({
    x: z.string().optional(),
    y: z.string(),
    n: z.number().optional(),
    flag: z.boolean().optional(),
    o: z.strictObject({ p: z.string().optional() }).optional(),
    list: z.array(z.strictObject({ b: z.string() })),
    more: z.array(z.string()).optional(),
  }),
  examples: [{ payload: {}, configuration: { y: 'y', list: [] } }],
});

const optional = (definition: object) =>
  lintDefinition(definition, contract).findings.filter(({ code }) => code !== 'FIELD_UNUSED');
const expression = (text: string) =>
  optional({
    ...{ QueryLanguage: 'JSONata', StartAt: 'It' },
    States: {
      It: { Type: 'Pass', Output: `{% ($c := $states.input.configuration; ${text}) %}`, End: true },
    },
  });
/** The same, with the path written out: no variable stands for it. */
const writtenOut = (text: string) => {
  const long = text.replaceAll(/\$c\b/g, '$$states.input.configuration');
  return optional({
    ...{ QueryLanguage: 'JSONata', StartAt: 'It' },
    States: { It: { Type: 'Pass', Output: `{% ${long} %}`, End: true } },
  });
};

/** All that the contract allows to be missing, missing; and all there. */
const BARE = { y: 'y', list: [] };
const FULL = { ...BARE, x: 'x', n: 1, flag: true, o: { p: 'p' }, list: [{ b: 'b' }], more: ['m'] };

async function valueOf(text: string, configuration: object): Promise<unknown> {
  return jsonata(`($c := $states.input.configuration; ${text})`).evaluate(
    {},
    {
      states: { input: { payload: {}, configuration } },
    },
  );
}

const GUARDED = [
  "$exists($c.x) ? $c.x : 'y'",
  "$exists($c.list[0].b) ? $c.list[0].b : 'none'",
  "$exists($c.list[0]) ? $c.list[0].b : 'none'",
  "$not($exists($c.x)) ? 'x' : $c.x",
  "$not($not($exists($c.x))) ? $c.x : 'y'",
  "$c.x != '' ? $c.x : 'y'",
  "'' != $c.x ? $c.x : 'y'",
  "$c.x = 'a' ? $c.x : 'y'",
  "$c.x in ['a', 'x'] ? $c.x : 'y'",
  "$type($c.x) = 'string' ? $c.x : 'y'",
  "$type($c.x) != 'null' ? $c.x : 'y'",
  "$c.x ? $c.x : 'y'",
  '$c.n > 0 ? $c.n : 0',
  '0 < $c.n ? $c.n + 1 : 0',
  '$c.n + 1 > 1 ? $c.n : 0',
  "$length($c.x) > 0 ? $uppercase($c.x) : 'y'",
  "$contains($c.x, 'x') ? $c.x : 'y'",
  "$boolean($c.x) ? $c.x : 'y'",
  "$exists($c.x) = true ? $c.x : 'y'",
  "$exists($c.x) = false ? 'y' : $c.x",
  "$exists($c.x) != true ? 'y' : $c.x",
  "false = $exists($c.x) ? 'y' : $c.x",
  "$exists($c.x) and $c.x != 'z' ? $c.x : 'y'",
  "$exists($c.x) and $exists($c.n) ? $c.x & $c.n : 'y'",
  "$not($exists($c.x)) or $c.x = '' ? 'y' : $c.x",
  "$exists($c.x) ? ($exists($c.n) ? $c.x & $string($c.n) : $c.x) : 'y'",
  "$exists($c.o.p) ? $c.o.p : 'none'",
  '$exists($c.o.p) ? $c.o : {}',
  "$exists($c.o) and $exists($c.o.p) ? $c.o.p : 'none'",
  "$count($c.more) > 0 ? $c.more : ['none']",
  "$count($c.more) = 0 ? ['none'] : $c.more",
  "$count($c.more) != 0 ? $c.more : ['none']",
  "0 < $count($c.more) ? $c.more : ['none']",
  "$count($c.more) ? $c.more : ['none']",
  "'x' in $keys($c) ? $c.x : 'y'",
  "($has := $exists($c.x); $has ? $c.x : 'y')",
  "($v := $c.x; $exists($v) ? $v : 'y')",
  "($exists($c.x)) ? $c.x : 'y'",
  "$exists($c.x) ? $uppercase($trim($c.x)) : 'y'",
  "$exists($c.x) ? $c.x ~> $uppercase() : 'y'",
  "[$c.x, 'y'][0]",
  "$c.x & ''",
  '[$c.x]',
  '{ "x": $c.x }',
  "$append($c.more, ['y'])",
  "$merge([{ 'x': 'y' }, $c.o])",
  '$exists($c.x)',
  "$c.x = 'a'",
  '$c.x and $c.flag',
  '$count($c.more)',
  '$c.flag ? 1 : 0',
  "$map([1], function($i) { $exists($c.x) ? $c.x : 'y' })",
];

/** What asks the wrong thing, or nothing: undefined where all is missing. */
const UNGUARDED = [
  '$c.x',
  '$uppercase($c.x)',
  '$c.n + 1',
  "$c.x = '' ? 'y' : $c.x",
  "$not($c.x) ? 'y' : $c.x",
  "$exists($c.x) ? 'y' : $c.x",
  '$exists($c.n) ? $c.n : $c.x',
  "$exists($c.x) or $exists($c.y) ? $c.x : 'y'",
  "$exists($c.o) ? 'y' : $c.o.p",
  "$exists($c.x) ? 'y'",
  '$count($c.more) = 0 ? $c.more : []',
  '$count($c.more) >= 0 ? $c.more : []',
  '$append($c.more, $c.x)',
  '($v := $c.x; $v)',
  "$c.x != '' and true ? 'y' : $c.x",
];

describe('JSONata: a guard is understood', () => {
  test.each(GUARDED)('%s', async (text) => {
    // It is a guard: the real language gives a value, whatever is missing.
    expect(await valueOf(text, BARE)).toBeDefined();
    expect(await valueOf(text, FULL)).toBeDefined();
    expect(expression(text)).toEqual([]);
    expect(writtenOut(text)).toEqual([]);
  });

  test.each(UNGUARDED)('and what is none is told: %s', async (text) => {
    expect(await valueOf(text, BARE)).toBeUndefined();
    expect(expression(text)).toMatchObject([{ code: 'FIELD_OPTIONAL', severity: 'warning' }]);
    expect(writtenOut(text)).toMatchObject([{ code: 'FIELD_OPTIONAL' }]);
  });
});

describe('an answer that nothing declares is not called optional', () => {
  const after = (Output: unknown) =>
    optional({
      ...{ QueryLanguage: 'JSONata', StartAt: 'Ask' },
      States: {
        Ask: {
          ...{ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:dynamodb:getItem' },
          ...{ Arguments: {}, Output, End: true },
        },
      },
    });

  test.each([
    '{% $states.result.Item.name.S %}',
    '{% $uppercase($states.result.Item.name.S) %}',
    '{% $states.result.Count + 1 %}',
    '{% $states.result.Items[0].name %}',
    "{% $states.result.Count > 0 ? $states.result.Items[0].id : 'none' %}",
    '{% -$states.result.Count %}',
  ])('%s', (Output) => {
    expect(after(Output)).toEqual([]);
  });
});

describe('Choice: a guard is understood where it leads', () => {
  const done = { Type: 'Succeed' };
  const jsonPath = (choices: object[], next: object, fallback = done) =>
    optional({
      StartAt: 'Ask',
      States: {
        Ask: { Type: 'Choice', Choices: choices, Default: 'Else' },
        Then: { Type: 'Pass', Next: 'End', ...next },
        Else: fallback,
        End: done,
      },
    });
  const reads = { Parameters: { 'it.$': '$.configuration.x' } };

  test.each([
    ['IsPresent', [{ Variable: '$.configuration.x', IsPresent: true, Next: 'Then' }]],
    [
      'another way to write the path',
      [{ Variable: "$['configuration']['x']", IsPresent: true, Next: 'Then' }],
    ],
    [
      'Not IsPresent false',
      [{ Not: { Variable: '$.configuration.x', IsPresent: false }, Next: 'Then' }],
    ],
    [
      'And',
      [
        {
          And: [
            { Variable: '$.configuration.x', IsPresent: true },
            { Variable: '$.configuration.x', StringEquals: 'a' },
          ],
          Next: 'Then',
        },
      ],
    ],
    [
      'Or of two that ask the same',
      [
        {
          Or: [
            { Variable: '$.configuration.x', IsPresent: true },
            {
              And: [
                { Variable: '$.configuration.x', IsPresent: true },
                { Variable: '$.configuration.x', StringEquals: 'b' },
              ],
            },
          ],
          Next: 'Then',
        },
      ],
    ],
    [
      'the rule before it',
      [
        { Variable: '$.configuration.x', IsPresent: false, Next: 'End' },
        { Variable: '$.configuration.y', StringEquals: 'y', Next: 'Then' },
      ],
    ],
  ])('JSONPath: %s', (_, choices) => {
    expect(jsonPath(choices, reads)).toEqual([]);
  });

  test('JSONPath: what is read in other words later is still there', () => {
    const choices = [{ Variable: '$.configuration.x', IsPresent: true, Next: 'Then' }];
    expect(
      jsonPath(choices, { InputPath: '$.configuration', Parameters: { 'it.$': '$.x' } }),
    ).toEqual([]);
    const away = [{ Variable: '$.configuration.x', IsPresent: false, Next: 'Then' }];
    const found = jsonPath(away, { InputPath: '$.configuration', Parameters: { 'it.$': '$.x' } });
    expect(found).toMatchObject([{ code: 'FIELD_OPTIONAL' }]);
  });

  const jsonataChoice = (Condition: string, then: string, otherwise: string) =>
    optional({
      ...{ QueryLanguage: 'JSONata', StartAt: 'Keep' },
      States: {
        Keep: { Type: 'Pass', Assign: { c: '{% $states.input.configuration %}' }, Next: 'Ask' },
        Ask: {
          Type: 'Choice',
          Choices: [{ Condition: `{% ${Condition} %}`, Next: 'Then' }],
          Default: 'Else',
        },
        Then: { Type: 'Succeed', Output: `{% ${then} %}` },
        Else: { Type: 'Succeed', Output: `{% ${otherwise} %}` },
      },
    });

  test.each([
    ['$exists($states.input.configuration.x)', '$states.input.configuration.x', '1'],
    ['$exists($c.x)', '$c.x', '1'],
    ["$c.x != ''", '$c.x', '1'],
    ['$not($exists($c.x))', '1', '$c.x'],
    ['$exists($c.o.p) and $exists($c.n)', '$c.o.p & $c.n', '1'],
  ])('JSONata: %s', (condition, then, otherwise) => {
    expect(jsonataChoice(condition, then, otherwise)).toEqual([]);
  });

  test('a loop goes on while a Choice finds the cursor that each round may bring', () => {
    const round = (guarded: string) =>
      optional({
        StartAt: 'Start',
        States: {
          Start: { Type: 'Pass', Parameters: { page: {} }, Next: 'Fetch' },
          Fetch: {
            ...{ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:sqs:listQueues' },
            ...{ Parameters: {}, ResultPath: '$.page', Next: 'More?' },
          },
          'More?': {
            Type: 'Choice',
            Choices: [{ Variable: guarded, IsPresent: true, Next: 'Again' }],
            Default: 'End',
          },
          Again: {
            Type: 'Pass',
            Parameters: { 'page.$': '$.page', 'token.$': '$.page.NextToken' },
            Next: 'Fetch',
          },
          End: { Type: 'Succeed' },
        },
      });
    expect(round('$.page.NextToken')).toEqual([]);
    expect(round('$.token')).toEqual([]);
  });
});
