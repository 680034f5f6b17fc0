import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileMachine } from '../compile/compile.ts';
import type { Json, JsonObject } from '../json.ts';
import { awsLimits } from '../limits.ts';
import { validateDefinition } from './definition.ts';

const inner = (name: string): JsonObject => ({
  StartAt: name,
  States: { [name]: { Type: 'Succeed' } },
});

/** What a state of each type needs at least; `Next` is where it leads when it is given a target. */
const least: Readonly<Record<string, JsonObject>> = {
  Pass: { End: true },
  Task: { Resource: 'arn:aws:states:::lambda:invoke', End: true },
  Choice: { Choices: [{ Variable: '$.a', IsNull: true, Next: 'B' }] },
  Wait: { Seconds: 1, End: true },
  Parallel: { Branches: [inner('In')], End: true },
  Map: { ItemProcessor: inner('In'), End: true },
  Succeed: {},
  Fail: {},
};

const names = fc.constantFrom(
  'Parameters',
  'Arguments',
  'Output',
  'Items',
  'Seconds',
  'Timestamp',
  'ResultPath',
  'InputPath',
  'OutputPath',
  'QueryLanguage',
  'Cause',
  'Error',
  'ErrorPath',
  'Assign',
  'ItemsPath',
  'Result',
  'ResultSelector',
  'MaxConcurrency',
  'ItemSelector',
  'TimeoutSeconds',
  'HeartbeatSeconds',
  'Retry',
  'Catch',
  'Credentials',
  'SecondsPath',
  'ItemProcessor',
  'Label',
  'ToleratedFailureCount',
  'MaxConcurrencyPath',
  'TimeoutSecondsPath',
  'Choices',
  'Default',
);
const values = fc.constantFrom<Json>(
  null,
  true,
  0,
  1,
  2.5,
  '',
  'x',
  '$',
  '$.a',
  '$.a[*]',
  '$$.a',
  '$v',
  'B',
  '{% $states.input %}',
  '{% $sum([1]) %}',
  "States.Format('{}', $.a)",
  {},
  [],
  { 'a.$': '$.b' },
  { a: '{% 1 %}' },
  [{ 'a.$': '$' }],
  '2030-01-01T00:00:00Z',
  'JSONata',
  { RoleArn: 'r' },
  [{ ErrorEquals: ['States.ALL'], Next: 'B' }],
  [{ ErrorEquals: ['x'], MaxAttempts: 0 }],
  [{ Condition: '{% true %}', Next: 'B' }],
  [{ Variable: '$.a', StringEqualsPath: '$.b', Next: 'B' }],
  { ...inner('I'), ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
);

it('a definition without errors can be compiled', () => {
  let accepted = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(least)),
      fc.dictionary(names, values, { maxKeys: 3 }),
      fc.boolean(),
      (type, more, jsonata) => {
        const first: JsonObject = { ...least[type], ...more, Type: type };
        const definition: JsonObject = {
          ...(jsonata ? { QueryLanguage: 'JSONata' } : {}),
          StartAt: 'A',
          States: {
            A: first,
            ...(JSON.stringify(first).includes('"B"') ? { B: { Type: 'Succeed' } } : {}),
          },
        };
        if (validateDefinition(definition).some(({ severity }) => severity === 'ERROR')) return;
        accepted++;
        compileMachine(definition, 'STANDARD', awsLimits);
      },
    ),
    { numRuns: 5_000 },
  );
  expect(accepted).toBeGreaterThan(500);
});
