import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { done, machine, errors, schema, task, inner } from './definition.fixture.ts';

describe('fields', () => {
  it.each<[string, JsonObject, string]>([
    ['a path that is none', { Type: 'Pass', InputPath: 'a', End: true }, '/InputPath'],
    [
      'an intrinsic where a path must be',
      { Type: 'Pass', InputPath: 'States.UUID()', End: true },
      '/InputPath',
    ],
    [
      'a ResultPath into the context',
      { Type: 'Pass', ResultPath: '$$.a', End: true },
      '/ResultPath',
    ],
    [
      'a ResultPath to many places',
      { Type: 'Pass', ResultPath: '$.a[*]', End: true },
      '/ResultPath',
    ],
    [
      'a template field that holds a text',
      { Type: 'Pass', Parameters: { a: { 'b.$': 'c' } }, End: true },
      '/Parameters/a/b.$',
    ],
    [
      'an unknown function',
      { Type: 'Pass', Parameters: { 'b.$': 'States.Nope()' }, End: true },
      '/Parameters/b.$',
    ],
    ['Output in JSONPath', { Type: 'Pass', Output: 1, End: true }, '/Output'],
    [
      'Parameters in JSONata',
      { Type: 'Pass', QueryLanguage: 'JSONata', Parameters: {}, End: true },
      '/Parameters',
    ],
    ['a reserved variable', { Type: 'Pass', Assign: { states: 1 }, End: true }, '/Assign/states'],
    [
      'a variable that is no name',
      { Type: 'Pass', Assign: { 'a b': 1 }, End: true },
      '/Assign/a b',
    ],
    [
      'a variable name too long',
      { Type: 'Pass', Assign: { ['v'.repeat(81)]: 1 }, End: true },
      `/Assign/${'v'.repeat(81)}`,
    ],
    ['two times to wait', { Type: 'Wait', Seconds: 1, SecondsPath: '$.a', End: true }, ''],
    ['no time to wait', { Type: 'Wait', End: true }, ''],
    ['a negative wait', { Type: 'Wait', Seconds: -1, End: true }, '/Seconds'],
    ['a wait in half seconds', { Type: 'Wait', Seconds: 0.5, End: true }, '/Seconds'],
    [
      'a time without zone',
      { Type: 'Wait', Timestamp: '2030-01-01T00:00:00', End: true },
      '/Timestamp',
    ],
    ['a timeout of nothing', task({ TimeoutSeconds: 0 }), '/TimeoutSeconds'],
    ['two timeouts', task({ TimeoutSeconds: 1, TimeoutSecondsPath: '$.a' }), ''],
    [
      'a heartbeat as slow as the timeout',
      task({ TimeoutSeconds: 5, HeartbeatSeconds: 5 }),
      '/HeartbeatSeconds',
    ],
    ['two causes', { Type: 'Fail', Cause: 'a', CausePath: '$.a' }, ''],
    ['Next on a Fail', { Type: 'Fail', Next: 'First' }, '/Next'],
    ['a Map without processor', { Type: 'Map', End: true }, ''],
    [
      'a Map with two',
      {
        Type: 'Map',
        ItemProcessor: inner(),
        Iterator: { StartAt: 'B', States: { B: done } },
        End: true,
      },
      '',
    ],
    [
      'a reader in an inline Map',
      {
        Type: 'Map',
        ItemProcessor: inner(),
        ItemReader: { Resource: 'arn:aws:states:::s3:getObject' },
        End: true,
      },
      '/ItemReader',
    ],
    [
      'a Distributed Map without execution type',
      {
        Type: 'Map',
        ItemProcessor: inner({ ProcessorConfig: { Mode: 'DISTRIBUTED' } }),
        End: true,
      },
      '/ItemProcessor/ProcessorConfig',
    ],
    [
      'a percentage above 100',
      { Type: 'Map', ItemProcessor: inner(), ToleratedFailurePercentage: 101, End: true },
      '/ToleratedFailurePercentage',
    ],
    ['retriers that are no array', task({ Retry: {} }), '/Retry'],
    ['a retrier for nothing', task({ Retry: [{ ErrorEquals: [] }] }), '/Retry/0/ErrorEquals'],
    [
      'a shrinking backoff',
      task({ Retry: [{ ErrorEquals: ['E'], BackoffRate: 0.5 }] }),
      '/Retry/0/BackoffRate',
    ],
    [
      'States.ALL in company',
      task({ Retry: [{ ErrorEquals: ['States.ALL', 'E'] }] }),
      '/Retry/0/ErrorEquals',
    ],
    [
      'States.ALL before others',
      task({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }] }),
      '/Retry/0/ErrorEquals',
    ],
    [
      'a delay below the interval',
      task({ Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 5, MaxDelaySeconds: 5 }] }),
      '/Retry/0/MaxDelaySeconds',
    ],
    ['a catcher without Next', task({ Catch: [{ ErrorEquals: ['E'] }] }), '/Catch/0'],
    [
      'a path to many numbers',
      { Type: 'Wait', SecondsPath: '$.all[*]', End: true },
      '/SecondsPath',
    ],
    ['credentials without role', task({ Credentials: { Role: 'x' } }), '/Credentials'],
    ['no Resource', { Type: 'Task', End: true }, ''],
  ])('are refused with %s', (_what, state, below) => {
    expect(errors(machine(state))).toEqual([schema(`/States/First${below}`)]);
  });
});
