import { defineContract } from '@harmony/contract';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { lintText } from './lint.ts';

const { document: contract } = defineContract({
  name: 'greenhouse',
  payload: z.object({
    site: z.object({ id: z.string(), label: z.string().optional() }),
    readings: z.array(z.object({ degrees: z.number(), at: z.string() })),
  }),
  configuration: z.strictObject({
    mode: z.enum(['heat', 'cool']),
    limit: z.number(),
    pause: z.int().default(10),
    note: z.string().optional(),
    kind: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('mail'), to: z.string() }),
      z.strictObject({ type: z.literal('none') }),
    ]),
  }),
  output: z.object({}),
  examples: [
    {
      payload: { site: { id: 'a' }, readings: [] },
      configuration: { mode: 'heat', limit: 1, kind: { type: 'none' } },
    },
  ],
});

const JSONPATH = `StartAt: Check input
States:
  Check input:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke
    Parameters:
      FunctionName: \${CheckInput}
      Payload:
        context.$: $$
        input.$: $
    OutputPath: $.Payload
    Next: Heat or cool?
  Heat or cool?:
    Type: Choice
    Choices:
      - And:
          - Variable: $.configuration.mode
            StringEquals: heat
          - Variable: $.configuration.limit
            NumericGreaterThan: 3
        Next: Rest
      - Variable: $.payload.site.label
        IsPresent: true
        Next: Collect
    Default: Collect
  Rest:
    Type: Wait
    SecondsPath: $.configuration.pause
    Next: Collect
  Collect:
    Type: Pass
    Parameters:
      site.$: $.payload.site.id
      label.$: $.payload.site.label
      kind.$: $.configuration.kind.type
    ResultPath: $.made
    Next: Each
  Each:
    Type: Map
    ItemsPath: $.payload.readings
    ItemSelector:
      reading.$: $$.Map.Item.Value
      site.$: $.made.site
    ItemProcessor:
      StartAt: Store
      States:
        Store:
          Type: Task
          Resource: arn:aws:states:::dynamodb:putItem
          Parameters:
            Item:
              degrees.$: States.Format('{} at {}', $.reading.degrees, $.reading.at)
              site.$: $.site
              origin.$: $$.Execution.Input.payload.site.id
          End: true
    End: true
`;

const JSONATA = `QueryLanguage: JSONata
StartAt: Check input
States:
  Check input:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke
    Arguments:
      FunctionName: \${CheckInput}
      Payload:
        context: '{% $states.context %}'
        input: '{% $states.input %}'
    Assign:
      configuration: '{% $states.result.Payload.configuration %}'
      site: '{% $states.result.Payload.payload.site %}'
    Output: '{% $states.result.Payload %}'
    Next: Heat or cool?
  Heat or cool?:
    Type: Choice
    Choices:
      - Condition: "{% $configuration.mode = 'heat' and $configuration.limit > 3 %}"
        Next: Rest
    Default: Each
  Rest:
    Type: Wait
    Seconds: '{% $configuration.pause %}'
    Next: Each
  Each:
    Type: Map
    Items: '{% [$states.input.payload.readings[degrees > 3]] %}'
    ItemProcessor:
      StartAt: Store
      States:
        Store:
          Type: Task
          Resource: arn:aws:states:::dynamodb:putItem
          Arguments:
            Item:
              degrees: '{% $states.input.degrees + 1 %}'
              site: '{% $site.id & $states.input.at %}'
              label: "{% $exists($site.label) ? $site.label : '' %}"
              kind: '{% $configuration.kind.type %}'
          End: true
    Output:
      hot: '{% $map($states.input.payload.readings, function($r) { $r.degrees }) %}'
    End: true
`;

const lint = (text: string) => lintText(text, 'workflow.asl.yaml', contract);
const found = (text: string, severity: 'error' | 'warning' = 'error') =>
  lint(text).problems.filter((problem) => problem.severity === severity);

/** The text with one piece replaced, which must be there. */
function tamper(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, () => to);
}

describe('lintText', () => {
  test('a state machine that keeps its contract has no error', () => {
    expect(found(JSONPATH)).toEqual([]);
    expect(found(JSONATA)).toEqual([]);
    expect(found(JSONATA, 'warning').map(({ message }) => message)).toEqual([
      'configuration.note is declared by the contract greenhouse, but no state reads it',
      'configuration.kind.to is declared by the contract greenhouse, but no state reads it',
    ]);
  });

  test.each([
    [
      'a misspelt field',
      '$.payload.site.id',
      '$.payload.site.idd',
      'FIELD_UNDECLARED',
      'did you mean id?',
    ],
    [
      'a field of another part',
      '$.configuration.pause',
      '$.payload.pause',
      'FIELD_UNDECLARED',
      'payload',
    ],
    [
      'a field of text',
      '$.configuration.kind.type',
      '$.configuration.mode.type',
      'FIELD_UNDECLARED',
      'string',
    ],
    [
      'a Map over an object',
      'ItemsPath: $.payload.readings',
      'ItemsPath: $.payload.site',
      'TYPE_MISMATCH',
      'A Map takes an array',
    ],
    [
      'a Wait over text',
      '$.configuration.pause',
      '$.configuration.mode',
      'TYPE_MISMATCH',
      'SecondsPath takes a number',
    ],
    [
      'text compared as a number',
      'StringEquals: heat',
      'NumericEquals: 3',
      'TYPE_MISMATCH',
      'NumericEquals takes a number',
    ],
    [
      'a choice that is none',
      'StringEquals: heat',
      'StringEquals: heating',
      'VALUE_IMPOSSIBLE',
      '"heat", "cool"',
    ],
    [
      'a field of an item',
      '$.reading.degrees',
      '$.reading.degree',
      'FIELD_UNDECLARED',
      'did you mean degrees?',
    ],
    [
      'what no ItemSelector makes',
      'site.$: $.site\n',
      'site.$: $.sites\n',
      'FIELD_UNDECLARED',
      'reading, site',
    ],
    [
      'the execution input',
      'Execution.Input.payload.site',
      'Execution.Input.payload.place',
      'FIELD_UNDECLARED',
      'site, readings',
    ],
    [
      'a part that no input has',
      '$.configuration.limit',
      '$.config.limit',
      'FIELD_UNDECLARED',
      'config',
    ],
  ])('JSONPath: %s', (_title, from, to, code, message) => {
    const errors = found(tamper(JSONPATH, from, to));
    expect(errors.map((error) => error.code)).toEqual([code]);
    expect(errors[0]?.message).toContain(message);
  });

  test.each([
    [
      'a misspelt field',
      '$configuration.limit',
      '$configuration.limits',
      'FIELD_UNDECLARED',
      'did you mean limit?',
    ],
    [
      'a misspelt field in a variable',
      'Payload.payload.site',
      'Payload.payload.cite',
      'FIELD_UNDECLARED',
      'did you mean site?',
    ],
    [
      'a Map over an object',
      '[$states.input.payload.readings[degrees > 3]]',
      '$states.input.payload.site',
      'TYPE_MISMATCH',
      'A Map takes an array',
    ],
    [
      'a Wait over text',
      '$configuration.pause',
      '$configuration.mode',
      'TYPE_MISMATCH',
      'Seconds of a Wait takes a number',
    ],
    [
      'text compared with a number',
      '$configuration.limit > 3',
      "$configuration.limit > 'x'",
      'TYPE_MISMATCH',
      'compares a number with a string',
    ],
    [
      'a choice that is none',
      "mode = 'heat'",
      "mode = 'heating'",
      'VALUE_IMPOSSIBLE',
      '"heat", "cool"',
    ],
    ['a filter', '[degrees > 3]', '[degree > 3]', 'FIELD_UNDECLARED', 'did you mean degrees?'],
    ['a function of items', '$r.degrees', '$r.degree', 'FIELD_UNDECLARED', 'did you mean degrees?'],
    [
      'sums of text',
      '$states.input.degrees + 1',
      '$states.input.at + 1',
      'TYPE_MISMATCH',
      'The operator + takes a number',
    ],
    [
      'a field of an item',
      '$states.input.at',
      '$states.input.when',
      'FIELD_UNDECLARED',
      'degrees, at',
    ],
    [
      'a field of no kind',
      '$configuration.kind.type',
      '$configuration.kind.sort',
      'FIELD_UNDECLARED',
      '"sort"',
    ],
  ])('JSONata: %s', (_title, from, to, code, message) => {
    const errors = found(tamper(JSONATA, from, to));
    expect(errors.map((error) => error.code)).toContain(code);
    expect(errors.map((error) => error.message).join('\n')).toContain(message);
  });

  test('names line and column of the YAML', () => {
    const text = tamper(JSONPATH, '$.payload.site.id', '$.payload.site.idd');
    const line = text.split('\n').findIndex((each) => each.includes('idd')) + 1;
    expect(found(text)[0]).toMatchObject({ line, column: 7 });
  });

  test('warns of a field that may be absent where nothing asks for it', () => {
    const optional = tamper(
      JSONPATH,
      'label.$: $.payload.site.label',
      'label.$: $.configuration.note',
    );
    expect(found(optional, 'warning').map(({ code }) => code)).toContain('FIELD_OPTIONAL');
    const unguarded = tamper(
      JSONATA,
      "{% $exists($site.label) ? $site.label : '' %}",
      '{% $site.label %}',
    );
    expect(found(unguarded, 'warning').map(({ code }) => code)).toContain('FIELD_OPTIONAL');
  });

  test('a default is there only after Check input', () => {
    const before = `StartAt: Rest
States:
  Rest:
    Type: Wait
    SecondsPath: $.configuration.pause
    End: true
`;
    expect(found(before, 'warning').map(({ code }) => code)).toContain('FIELD_OPTIONAL');
    expect(
      found(JSONPATH, 'warning')
        .map(({ message }) => message)
        .join(),
    ).not.toContain('pause');
  });

  test('says what it cannot trace, and where that comes from', () => {
    const text = tamper(
      JSONATA,
      "site: '{% $site.id & $states.input.at %}'",
      "site: '{% $site.id %}'",
    ).replace(
      'Output:\n      hot:',
      "Output:\n      stored: '{% $states.result[0].ConsumedCapacity %}'\n      hot:",
    );
    expect(lint(text).untraced).toContainEqual(
      expect.objectContaining({
        reason: expect.stringContaining('the answer of Store (dynamodb:putItem)') as string,
      }),
    );
  });

  test('ends on loops and follows what each way round brings', () => {
    const loop = `StartAt: A
States:
  A:
    Type: Pass
    Parameters: { inner.$: $ }
    Next: B
  B:
    Type: Choice
    Choices:
      - Variable: $.inner.payload.site.id
        StringEquals: x
        Next: A
    Default: C
  C:
    Type: Pass
    End: true
`;
    expect(lint(loop)).toMatchObject({ valid: true });
  });

  test('leaves a text that is no definition to harmony validate', () => {
    expect(lint('a: [')).toMatchObject({ valid: false, problems: [] });
  });
});
