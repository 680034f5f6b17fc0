import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../json.ts';
import { done, machine, errors, schema } from './definition.fixture.ts';
import type { ValidateOptions } from './diagnostic.ts';

describe('choice rules', () => {
  const choice = (rule: Json, more: JsonObject = {}) =>
    errors(machine({ Type: 'Choice', Choices: [rule], Default: 'E', ...more }, { E: done }));
  const at = (below: string) => [schema(`/States/First/Choices/0${below}`)];

  it.each<[string, Json, string]>([
    ['no comparison', { Variable: '$.a', Next: 'E' }, ''],
    ['two comparisons', { Variable: '$.a', IsNull: true, IsString: true, Next: 'E' }, ''],
    ['no Variable', { IsNull: true, Next: 'E' }, ''],
    ['no Next', { Variable: '$.a', IsNull: true }, ''],
    [
      'an operand of another type',
      { Variable: '$.a', NumericEquals: '1', Next: 'E' },
      '/NumericEquals',
    ],
    [
      'a path form without path',
      { Variable: '$.a', StringEqualsPath: 'b', Next: 'E' },
      '/StringEqualsPath',
    ],
    ['an unknown operator', { Variable: '$.a', Equals: 1, IsNull: true, Next: 'E' }, '/Equals'],
    ['an empty And', { And: [], Next: 'E' }, '/And'],
    [
      'Next inside Or',
      { Or: [{ Variable: '$.a', IsNull: true, Next: 'E' }], Next: 'E' },
      '/Or/0/Next',
    ],
    [
      'a Condition',
      { Variable: '$.a', IsNull: true, Condition: '{% true %}', Next: 'E' },
      '/Condition',
    ],
  ])('are refused with %s', (_what, rule, below) => {
    expect(choice(rule)).toEqual(at(below));
  });

  it('are conditions in JSONata', () => {
    const language = { QueryLanguage: 'JSONata' };
    expect(choice({ Condition: '{% true %}', Next: 'E' }, language)).toEqual([]);
    expect(choice({ Condition: 'true', Next: 'E' }, language)).toEqual(at('/Condition'));
    expect(choice({ Next: 'E' }, language)).toEqual(at(''));
    expect(choice({ Condition: true, Variable: '$.a', Next: 'E' }, language)).toEqual(
      at('/Variable'),
    );
  });
});

describe('JSONata expressions', () => {
  const output = (text: string) =>
    errors(machine({ Type: 'Pass', QueryLanguage: 'JSONata', Output: { v: text }, End: true }));
  const unsupported = ['UNSUPPORTED_JSONATA_EXPRESSION /States/First/Output/v'];

  it.each(['{% $a[ %}', '{% %}', '{% $x', '{% 1 %} '.trimEnd().slice(0, -1)])(
    'are refused when they do not parse: %s',
    (text) => {
      expect(output(text)).toEqual(['INVALID_JSONATA_EXPRESSION /States/First/Output/v']);
    },
  );

  it.each([
    '{% phone %}',
    '{% $map($states.input.list, function($x) { b }) %}',
    '{% {"a": b} %}',
    '{% $$ %}',
    '{% $states.errorOutput.Error %}',
    '{% ($states := 1) %}',
  ])('are refused when they read what is not there: %s', (text) => {
    expect(output(text)).toEqual(unsupported);
  });

  it.each([
    '{% $states.input.phone %}',
    '{% $states.input.list[price > 3]^(>price).{"n": name} %}',
    '{% $states.input{id: name} %}',
    '{% ($a := 1; $a + $undeclared) %}',
    '{% [1..3].($ * 2) %}',
    '{% $filter($list, function($v) { $v.open }) %}',
    'no expression',
  ])('may read a name where there is an item to read it from: %s', (text) => {
    expect(output(text)).toEqual([]);
  });

  it('make the whole machine JSONata once it says so', () => {
    const definition = {
      QueryLanguage: 'JSONata',
      ...machine({ Type: 'Pass', QueryLanguage: 'JSONPath', End: true }),
    };
    expect(errors(definition)).toEqual([schema('/States/First')]);
    expect(errors({ ...machine(done), QueryLanguage: 'jsonata' })).toEqual([
      schema('/QueryLanguage'),
    ]);
  });

  it('are the language of nested states only if the machine says so', () => {
    const nested = { StartAt: 'In', States: { In: { Type: 'Pass', InputPath: '$.a', End: true } } };
    const state = {
      Type: 'Map',
      QueryLanguage: 'JSONata',
      Items: [1],
      ItemProcessor: nested,
      End: true,
    };
    expect(errors(machine(state))).toEqual([]);
  });
});

describe('a Resource', () => {
  const resource = (text: string, options: ValidateOptions = {}) =>
    errors(machine({ Type: 'Task', Resource: text, End: true }), options);
  const refused = ['INVALID_RESOURCE /States/First/Resource'];

  it.each([
    'arn:aws:states:::lambda:invoke.waitForTaskToken',
    'arn:aws:states:::states:startExecution.sync:2',
    'arn:aws:states:::aws-sdk:dynamodb:query',
    'arn:aws-cn:states:::sqs:sendMessage',
    'arn:aws:lambda:us-east-1:123456789012:function:name:live',
    'arn:aws:states:us-east-1:123456789012:activity:work',
  ])('may be %s', (text) => {
    expect(resource(text)).toEqual([]);
  });

  it.each([
    'lambda',
    '${CheckInput}',
    'arn:aws:states:::lambda:invoke.sync',
    'arn:aws:states:::dynamodb:getItem.waitForTaskToken',
    'arn:aws:states:::aws-sdk:s3:getObject.sync',
    'arn:aws:states:::aws-sdk:s3',
    'arn:aws:states:::sns:publish.later',
  ])('may not be %s', (text) => {
    expect(resource(text)).toEqual(refused);
  });

  it('may be a placeholder in a source file', () => {
    expect(resource('${CheckInput}', { placeholders: true })).toEqual([]);
  });

  it('of an Express machine neither waits for jobs and tokens nor is an activity', () => {
    const express = { type: 'EXPRESS' } as const;
    expect(resource('arn:aws:states:::lambda:invoke', express)).toEqual([]);
    expect(resource('arn:aws:states:::lambda:invoke.waitForTaskToken', express)).toEqual(refused);
    expect(resource('arn:aws:states:::states:startExecution.sync:2', express)).toEqual(refused);
    expect(resource('arn:aws:states:us-east-1:123456789012:activity:work', express)).toEqual(
      refused,
    );
  });

  it('of a Distributed Map’s Express child workflows has the same restrictions', () => {
    const graph = (name: string, state: JsonObject, more: JsonObject = {}) => ({
      StartAt: name,
      States: { [name]: { ...state, End: true } },
      ...more,
    });
    const inMap = (config: JsonObject, state: JsonObject) =>
      errors(
        graph('Map', {
          Type: 'Map',
          ItemProcessor: graph('In', state, { ProcessorConfig: config }),
        }),
      );
    const call = (text: string) => ({ Type: 'Task', Resource: text });
    const job = call('arn:aws:states:::states:startExecution.sync:2');
    const plain = call('arn:aws:states:::lambda:invoke');
    const express = { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' };
    const inside = '/States/Map/ItemProcessor/States/In';
    const atResource = [`INVALID_RESOURCE ${inside}/Resource`];

    expect(inMap(express, plain)).toEqual([]);
    expect(inMap(express, job)).toEqual(atResource);
    for (const text of [
      'arn:aws:states:::ecs:runTask.sync',
      'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      'arn:aws:states:us-east-1:123456789012:activity:work',
    ]) {
      expect(inMap(express, call(text))).toEqual(atResource);
    }
    expect(inMap({ Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, job)).toEqual([]);
    expect(inMap({ Mode: 'INLINE' }, job)).toEqual([]);
    // Deeper inside, too.
    expect(inMap(express, { Type: 'Parallel', Branches: [graph('Job', job)] })).toEqual([
      `INVALID_RESOURCE ${inside}/Branches/0/States/Job/Resource`,
    ]);
    const nested = graph('Call', plain, { ProcessorConfig: express });
    expect(inMap(express, { Type: 'Map', ItemProcessor: nested })).toEqual([
      schema(`${inside}/ItemProcessor/ProcessorConfig/Mode`),
    ]);
  });
});
