import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../json.ts';
import { done, machine, errors, schema, task, inner } from './definition.fixture.ts';
import { validateDefinition } from './definition.ts';

describe('a definition without errors', () => {
  it.each<[string, Json]>([
    [
      'a state of every type',
      {
        Comment: 'all of it',
        Version: '1.0',
        TimeoutSeconds: 60,
        StartAt: 'P',
        States: {
          P: {
            Type: 'Pass',
            Parameters: { 'a.$': '$.b' },
            ResultPath: '$.p',
            Assign: { 'x.$': '$.y' },
            Next: 'T',
          },
          T: task({
            End: false,
            Next: 'W',
            TimeoutSeconds: 10,
            HeartbeatSeconds: 5,
            Retry: [
              {
                ErrorEquals: ['States.Timeout'],
                IntervalSeconds: 1,
                MaxAttempts: 0,
                BackoffRate: 1,
                MaxDelaySeconds: 9,
                JitterStrategy: 'FULL',
              },
              { ErrorEquals: ['States.ALL'] },
            ],
            Catch: [{ ErrorEquals: ['Mine'], ResultPath: null, Next: 'F' }],
          }),
          W: { Type: 'Wait', TimestampPath: '$.when', Next: 'C' },
          C: {
            Type: 'Choice',
            Choices: [
              {
                And: [
                  { Variable: '$.a', IsPresent: true },
                  { Not: { Variable: '$.a', StringMatches: 'x*' } },
                ],
                Next: 'L',
              },
              { Variable: '$$.Execution.Name', StringEqualsPath: '$x', Next: 'M' },
            ],
            Default: 'S',
          },
          L: {
            Type: 'Parallel',
            Branches: [inner(), { StartAt: 'In2', States: { In2: done } }],
            End: true,
          },
          M: {
            Type: 'Map',
            ItemsPath: '$.list',
            ItemProcessor: { StartAt: 'In3', States: { In3: done } },
            MaxConcurrency: 0,
            End: true,
          },
          S: done,
          F: { Type: 'Fail', ErrorPath: "States.Format('{}', $.Error)", Cause: 'why' },
        },
      },
    ],
    [
      'a JSONata machine',
      {
        QueryLanguage: 'JSONata',
        StartAt: 'T',
        States: {
          T: {
            Type: 'Task',
            Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
            Arguments: { Bucket: '{% $states.input.bucket %}', Keys: ['{% $x %}'] },
            TimeoutSeconds: '{% $states.input.seconds %}',
            Catch: [
              { ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput %}', Next: 'C' },
            ],
            Output: '{% $states.result.Body %}',
            Next: 'C',
          },
          C: {
            Type: 'Choice',
            Choices: [{ Condition: '{% $states.input.n > 1 %}', Next: 'M', Output: 1 }],
            Default: 'M',
          },
          M: {
            Type: 'Map',
            Items: '{% $states.input.list[price > 3].(name) %}',
            ItemProcessor: inner({
              ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
            }),
            ItemReader: {
              Resource: 'arn:aws:states:::s3:getObject',
              ReaderConfig: { InputType: 'JSONL', MaxItems: 5 },
              Arguments: {},
            },
            ItemBatcher: { MaxItemsPerBatch: 10 },
            Label: 'rows',
            End: true,
          },
        },
      },
    ],
    [
      'a JSONPath machine with a JSONata state',
      machine({ Type: 'Pass', QueryLanguage: 'JSONata', Output: { a: '{% 1 %}' }, End: true }),
    ],
    [
      'a loop that can end',
      machine(
        {
          Type: 'Choice',
          Choices: [{ Variable: '$.a', IsNull: true, Next: 'First' }],
          Default: 'End',
        },
        { End: done },
      ),
    ],
  ])('is %s', (_what, definition) => {
    expect(errors(definition)).toEqual([]);
  });
});

describe('the structure', () => {
  it.each<[string, Json, string[]]>([
    ['no object', [], ['INVALID_JSON_DESCRIPTION ']],
    ['nothing in it', {}, [schema(''), schema('')]],
    [
      'no states',
      { StartAt: 'A', States: {} },
      ['MISSING_TRANSITION_TARGET /StartAt', schema('/States')],
    ],
    ['a field of another language', { ...machine(done), Foo: 1 }, [schema('/Foo')]],
    [
      'a state that is no object',
      machine('Pass'),
      ['MISSING_TRANSITION_TARGET /StartAt', schema('/States/First')],
    ],
    ['a state without Type', machine({ End: true }), [schema('/States/First')]],
    ['an unknown Type', machine({ Type: 'Loop' }), [schema('/States/First/Type')]],
    ['an unknown field', machine({ ...done, Retry: [] }), [schema('/States/First/Retry')]],
    [
      'a name of 81 characters',
      { StartAt: 'x'.repeat(81), States: { ['x'.repeat(81)]: done } },
      [schema(`/States/${'x'.repeat(81)}`)],
    ],
    [
      'one name in two scopes',
      machine({
        Type: 'Parallel',
        End: true,
        Branches: [{ StartAt: 'First', States: { First: done } }],
      }),
      ['DUPLICATE_STATE_NAME /States/First/Branches/0/States/First'],
    ],
    [
      'QueryLanguage on a branch',
      machine({ Type: 'Parallel', End: true, Branches: [inner({ QueryLanguage: 'JSONata' })] }),
      [schema('/States/First/Branches/0/QueryLanguage')],
    ],
    [
      'no branches',
      machine({ Type: 'Parallel', End: true, Branches: [] }),
      [schema('/States/First/Branches')],
    ],
    ['a Version of the future', { ...machine(done), Version: '2.0' }, [schema('/Version')]],
    ['no time to run', { ...machine(done), TimeoutSeconds: 0 }, [schema('/TimeoutSeconds')]],
  ])('is refused with %s', (_what, definition, expected) => {
    expect(errors(definition).sort()).toEqual(expected.sort());
  });

  it('is refused above a megabyte', () => {
    expect(errors(machine({ ...done, Comment: 'x'.repeat(1_048_577) }))).toEqual([
      'DEFINITION_TOO_LARGE ',
    ]);
  });

  it('may nest 200 deep, and not without end', () => {
    let definition: JsonObject = { StartAt: 'S0', States: { S0: done } };
    for (let depth = 1; depth <= 200; depth++) {
      const name = `S${String(depth)}`;
      definition = {
        StartAt: name,
        States: { [name]: { Type: 'Parallel', Branches: [definition], End: true } },
      };
    }
    expect(errors(definition)).toEqual([]);
    let deep: Json = {};
    for (let depth = 0; depth < 20_000; depth++) deep = [deep];
    expect(errors(machine({ Type: 'Pass', Result: deep, End: true }))).toEqual([
      'INVALID_JSON_DESCRIPTION ',
    ]);
  });
});

describe('transitions', () => {
  const missing = (pointer: string) => `MISSING_TRANSITION_TARGET ${pointer}`;

  it.each<[string, Json, string[]]>([
    ['neither Next nor End', machine({ Type: 'Pass' }), [schema('/States/First')]],
    [
      'both Next and End',
      machine({ Type: 'Pass', Next: 'B', End: true }, { B: done }),
      [schema('/States/First')],
    ],
    ['End: false alone', machine({ Type: 'Pass', End: false }), [schema('/States/First/End')]],
    ['StartAt nowhere', { StartAt: 'B', States: { A: done } }, [missing('/StartAt')]],
    [
      'Next nowhere',
      machine({ Type: 'Pass', Next: 'B' }),
      [missing('/States/First/Next'), 'MISSING_END_STATE /States'],
    ],
    [
      'Default nowhere',
      machine(
        { Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, Next: 'E' }], Default: 'B' },
        { E: done },
      ),
      [missing('/States/First/Default')],
    ],
    [
      'a rule that leads nowhere',
      machine(
        { Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, Next: 'B' }], Default: 'E' },
        { E: done },
      ),
      [missing('/States/First/Choices/0/Next')],
    ],
    [
      'a catcher that leads nowhere',
      machine(task({ Catch: [{ ErrorEquals: ['E'], Next: 'B' }] })),
      [missing('/States/First/Catch/0/Next')],
    ],
    [
      'Next into another scope',
      machine({ Type: 'Parallel', Next: 'In', Branches: [inner()] }),
      [missing('/States/First/Next'), 'MISSING_END_STATE /States'],
    ],
    ['a state that nothing leads to', machine(done, { Alone: done }), [missing('/States/Alone')]],
    [
      'no way out',
      machine({ Type: 'Pass', Next: 'B' }, { B: { Type: 'Pass', Next: 'First' } }),
      ['MISSING_END_STATE /States'],
    ],
  ])('are refused with %s', (_what, definition, expected) => {
    expect(errors(definition).sort()).toEqual(expected.sort());
  });
});

describe('warnings', () => {
  it('leave a definition valid', () => {
    const choice = { Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, Next: 'E' }] };
    const unknown = task({ Retry: [{ ErrorEquals: ['States.Typo'] }] });
    const service = { Type: 'Task', Resource: 'arn:aws:states:::newservice:doIt', End: true };
    for (const [definition, code] of [
      [machine(choice, { E: done }), 'NO_CHOICE_DEFAULT'],
      [machine(unknown), 'UNKNOWN_ERROR_NAME'],
      [machine(service), 'UNKNOWN_INTEGRATION'],
    ] as const) {
      expect(validateDefinition(definition)).toMatchObject([{ severity: 'WARNING', code }]);
    }
  });
});
