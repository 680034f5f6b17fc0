import { defineContract } from '@harmony/contract';
import { stateFields } from '@harmony/engine/validate';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ELSEWHERE } from './fields.ts';
import { lintDefinition } from './lint.ts';

/** A contract whose one field only the field under test reads. */
const { document: contract } = defineContract({
  ...{ name: 'reader', payload: z.object({}), output: z.object({}) },
  configuration: z.strictObject({ value: z.union([z.number(), z.string()]) }),
  examples: [{ payload: {}, configuration: { value: 1 } }],
});
const READ = {
  JSONata: '{% $states.input.configuration.value %}',
  JSONPath: '$.configuration.value',
} as const;
type Language = keyof typeof READ;

/** A state with the field; what it hands on holds nothing of its input, so nothing else reads it. */
function machine(type: string, language: Language, fields: object): object {
  const nothing = language === 'JSONata' ? { Output: {} } : { ResultPath: null, OutputPath: null };
  const rest = {
    ...(type === 'Choice' ? { Choices: [], Default: 'End' } : { Next: 'End' }),
    ...(type === 'Task'
      ? {
          Resource: 'arn:aws:states:::sqs:sendMessage',
          [language === 'JSONata' ? 'Arguments' : 'Parameters']: {},
        }
      : {}),
    ...(type === 'Map'
      ? {
          ItemReader: { Resource: 'arn:aws:states:::s3:getObject' },
          ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Succeed' } } },
        }
      : {}),
    ...(type === 'Parallel' ? { Branches: [] } : {}),
  };
  const end = { Type: 'Pass', Parameters: {}, QueryLanguage: 'JSONPath', End: true };
  return {
    QueryLanguage: language,
    StartAt: 'It',
    States: { It: { Type: type, ...rest, ...nothing, ...fields }, End: end },
  };
}

const findings = (type: string, language: Language, fields: object) =>
  lintDefinition(machine(type, language, fields), contract).findings;

/** The field, holding a read of the value in each shape that it may have. */
function shapes(field: string, language: Language): object[] {
  if (language === 'JSONata') {
    return [{ [field]: READ.JSONata }, { [field]: { inner: { list: [READ.JSONata] } } }];
  }
  if (field.endsWith('Path')) return [{ [field]: READ.JSONPath }];
  return [
    { [field]: { 'inner.$': READ.JSONPath } },
    { [field]: { inner: { list: [{ 'x.$': READ.JSONPath }] } } },
    { [field]: { ReaderConfig: { MaxItemsPath: READ.JSONPath } } },
  ];
}

const cases = Object.entries(stateFields).flatMap(([type, table]) =>
  Object.entries(table).flatMap(([field, { language }]) =>
    (['JSONata', 'JSONPath'] as const)
      .filter((each) => !ELSEWHERE.has(field) && (language ?? each) === each)
      .map((each) => [type, field, each] as const),
  ),
);

describe('every field of a state that may hold an expression reads what it names', () => {
  test('the fields are those of the engine, which are those of the language', () => {
    expect(cases.length).toBeGreaterThan(25);
    const known = new Set(Object.values(stateFields).flatMap((table) => Object.keys(table)));
    expect([...ELSEWHERE].filter((field) => !known.has(field))).toEqual([]);
  });

  test('a state that reads nothing leaves the field unused', () => {
    expect(findings('Task', 'JSONata', {})).toMatchObject([
      { code: 'FIELD_UNUSED', path: 'configuration.value' },
    ]);
  });

  test.each(cases)('%s: %s (%s)', (type, field, language) => {
    for (const fields of shapes(field, language)) {
      const unused = findings(type, language, fields).filter(({ code }) => code === 'FIELD_UNUSED');
      expect(unused, JSON.stringify(fields)).toEqual([]);
    }
  });

  test.each([
    ['Output', 'Pass', 'JSONata', { Output: { a: READ.JSONata } }],
    ['Arguments', 'Task', 'JSONata', { Arguments: { a: READ.JSONata } }],
    ['Parameters', 'Task', 'JSONPath', { Parameters: { 'a.$': READ.JSONPath } }],
    [
      'Condition',
      'Choice',
      'JSONata',
      { Choices: [{ Condition: '{% $states.input.configuration.value = 1 %}', Next: 'End' }] },
    ],
    [
      'Variable',
      'Choice',
      'JSONPath',
      { Choices: [{ Variable: READ.JSONPath, NumericEquals: 1, Next: 'End' }] },
    ],
    [
      'NumericEqualsPath',
      'Choice',
      'JSONPath',
      {
        Choices: [
          { Variable: '$$.State.RetryCount', NumericEqualsPath: READ.JSONPath, Next: 'End' },
        ],
      },
    ],
  ] as const)('what flows on through %s is read as well', (_, type, language, fields) => {
    const reading = machine(type, language, fields) as { States: Record<string, object> };
    // The end hands all that it gets to the caller.
    reading.States['End'] = { Type: 'Succeed' };
    expect(lintDefinition(reading, contract).findings).toEqual([]);
  });

  test.each([
    ['Wait', 'Seconds'],
    ['Task', 'TimeoutSeconds'],
    ['Task', 'HeartbeatSeconds'],
    ['Map', 'MaxConcurrency'],
    ['Map', 'ToleratedFailureCount'],
    ['Map', 'ToleratedFailurePercentage'],
  ])('%s refuses text in %s, in both languages', (type, field) => {
    const text = {
      ...contract,
      configuration: {
        type: 'object',
        properties: { value: { type: 'string' } },
        required: ['value'],
      },
    };
    for (const [language, fields] of [
      ['JSONata', { [field]: READ.JSONata }],
      ['JSONPath', { [`${field}Path`]: READ.JSONPath }],
    ] as const) {
      const found = lintDefinition(machine(type, language, fields), text).findings;
      expect(found).toMatchObject([{ code: 'TYPE_MISMATCH', severity: 'error' }]);
    }
  });
});
