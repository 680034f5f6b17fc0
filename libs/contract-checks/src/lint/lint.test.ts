import { describe, expect, test } from 'vitest';
import { contract, JSONATA, JSONPATH } from '../testing/greenhouse.ts';
import { lintText } from './lint-text.ts';

const lint = (text: string) => lintText(text, 'workflow.asl.yaml', contract);
const found = (text: string, severity: 'error' | 'warning' = 'error') =>
  lint(text).findings.filter((finding) => finding.severity === severity);

/** The text with one piece replaced, which must be there. */
function tamper(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, () => to);
}

describe('lintText', () => {
  test('a state machine that keeps its contract has no error', () => {
    expect(found(JSONPATH)).toEqual([]);
    expect(found(JSONATA)).toEqual([]);
    expect(found(JSONATA, 'warning')).toMatchObject([
      {
        ...{ code: 'FIELD_UNUSED', path: 'configuration.note' },
        message: 'is declared by the contract greenhouse, but no state reads it',
      },
      { code: 'FIELD_UNUSED', path: 'configuration.kind.to' },
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
      'SecondsPath of a Wait takes a number',
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
        message: expect.stringContaining('the answer of Store (dynamodb:putItem)') as string,
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

  test.each(['a: [', '3', ''])('a text that is no definition keeps no contract: %j', (text) => {
    expect(lint(text)).toMatchObject({
      valid: false,
      findings: [{ code: 'DEFINITION_UNREADABLE', severity: 'error' }],
    });
  });
});
