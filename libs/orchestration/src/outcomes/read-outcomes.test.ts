import { STATE } from '@harmony/artifact';
import { describe, expect, test } from 'vitest';
import { defineOrchestration } from '../define-orchestration.ts';
import { renderOrchestrator } from '../render/render-orchestrator.ts';
import { target } from '../target.ts';
import { billing, payload, stateMachineArn } from '../testing/children.ts';
import { HistoryBuilder, started } from '../testing/history.ts';
import { readOutcomes } from './index.ts';
import type { HistoryEvent } from './index.ts';

const definition = renderOrchestrator(
  defineOrchestration({
    name: 'review',
    payload,
    targets: ['a', 'b', 'c'].map((id) =>
      target(billing, { id, configuration: { thresholds: [1] } }),
    ),
  }),
  { debug: {}, stateMachineArn },
);

const arn = (id: string) => `arn:aws:states:us-east-1:123456789012:execution:dev-billing:${id}`;
const read = (history: HistoryBuilder) => readOutcomes({ definition, events: history.events });

const asked = (id: string): (string | [string, Record<string, unknown>])[] => [
  'TaskStateEntered',
  ['TaskScheduled', { resource: 'startExecution.sync:2' }],
  'TaskStarted',
  ['TaskSubmitted', { output: JSON.stringify({ ExecutionArn: arn(id), StartDate: 1 }) }],
];
const succeeded = (id: string): [string, Record<string, unknown>] => [
  'TaskSucceeded',
  { output: JSON.stringify({ ExecutionArn: arn(id), Status: 'SUCCEEDED', Output: { spend: 3 } }) },
];
const failed = (id: string, change: object = {}): [string, Record<string, unknown>] => [
  'TaskFailed',
  {
    error: 'States.TaskFailed',
    cause: JSON.stringify({
      ExecutionArn: arn(id),
      Input: { payload: {} },
      Status: 'FAILED',
      Error: 'Own.Error',
      Cause: 'own cause',
      ...change,
    }),
  },
];
const skipped = (reason: string): (string | [string, Record<string, unknown>])[] => [
  'PassStateEntered',
  ['PassStateExited', { name: STATE.skip, output: JSON.stringify({ status: 'SKIPPED', reason }) }],
  'MapIterationSucceeded',
];

describe('a run that succeeded', () => {
  test('gives each target its outcome in the targets’ order, however they interleave', () => {
    const history = started(3)
      .target(2, ...skipped('not in only'))
      .target(1, ...asked('b'))
      .target(0, 'WaitStateEntered')
      .wait(60)
      .target(0, 'WaitStateExited', ...asked('a'))
      .wait(5)
      .target(1, succeeded('b'), 'TaskStateExited', 'MapIterationSucceeded')
      .wait(1)
      .target(0, succeeded('a'), 'TaskStateExited', 'MapIterationSucceeded')
      .run('MapStateSucceeded')
      .run('MapStateExited', { name: STATE.run })
      .run('ExecutionSucceeded', { output: '{}' });
    expect(read(history)).toEqual([
      {
        id: 'a',
        child: 'billing',
        status: 'SUCCEEDED',
        executionArn: arn('a'),
        startDate: '2026-01-01T00:01:00.000Z',
        stopDate: '2026-01-01T00:01:06.000Z',
        attempts: 1,
        output: { spend: 3 },
      },
      {
        id: 'b',
        child: 'billing',
        status: 'SUCCEEDED',
        executionArn: arn('b'),
        startDate: '2026-01-01T00:00:00.000Z',
        stopDate: '2026-01-01T00:01:05.000Z',
        attempts: 1,
        output: { spend: 3 },
      },
      { id: 'c', child: 'billing', status: 'SKIPPED', reason: 'not in only' },
    ]);
  });

  test('counts attempts and keeps the last one’s result', () => {
    const history = started(1)
      .target(0, ...asked('a-1'), failed('a-1'))
      .wait(10)
      .target(0, ...asked('a-2').slice(1), succeeded('a-2'), 'MapIterationSucceeded')
      .run('ExecutionSucceeded');
    expect(read(history)[0]).toEqual({
      id: 'a',
      child: 'billing',
      status: 'SUCCEEDED',
      executionArn: arn('a-2'),
      startDate: '2026-01-01T00:00:00.000Z',
      stopDate: '2026-01-01T00:00:10.000Z',
      attempts: 2,
      output: { spend: 3 },
    });
  });
});

describe('a run that failed', () => {
  test('gives the child’s own error and cause, not the envelope’s', () => {
    const history = started(2)
      .target(0, ...asked('a'), failed('a'), 'MapIterationSucceeded')
      .target(1, ...asked('b'), failed('b', { Status: 'TIMED_OUT', Error: 'States.Timeout' }))
      .run('ExecutionFailed', { error: 'TargetsFailed', cause: '2 of 2 targets failed: a, b' });
    expect(read(history).slice(0, 2)).toMatchObject([
      { status: 'FAILED', error: 'Own.Error', cause: 'own cause', executionArn: arn('a') },
      { status: 'TIMED_OUT', error: 'States.Timeout', cause: 'own cause', executionArn: arn('b') },
    ]);
  });

  test.each([
    'Rate exceeded',
    '{"ExecutionArn":"arn:cut',
    'null',
    '[]',
    '{"errorMessage":"x"}',
    '',
  ])('keeps a cause that is no envelope as it is: %j', (cause) => {
    const history = started(1)
      .target(0, 'TaskStateEntered', ['TaskScheduled', {}], 'TaskStarted', [
        'TaskSubmitFailed',
        { error: 'StepFunctions.ThrottlingException', cause },
      ])
      .run('ExecutionFailed', { error: 'StepFunctions.ThrottlingException' });
    expect(read(history)[0]).toMatchObject({
      status: 'FAILED',
      error: 'StepFunctions.ThrottlingException',
      cause,
    });
  });

  test('tells what the abort stopped from what it never reached', () => {
    const history = started(3)
      .target(1, ...asked('b'))
      .target(2, 'WaitStateEntered')
      .wait(2)
      .target(0, ...asked('a'), failed('a'), 'MapIterationFailed')
      .target(1, 'MapIterationAborted')
      .target(2, 'MapIterationAborted')
      .run('MapStateFailed')
      .run('ExecutionFailed', { error: 'States.TaskFailed', cause: '{}' });
    const [, b, c] = read(history);
    expect(b).toEqual({
      id: 'b',
      child: 'billing',
      status: 'ABORTED',
      reason: 'the run failed first (States.TaskFailed)',
      executionArn: arn('b'),
      startDate: '2026-01-01T00:00:00.000Z',
      stopDate: '2026-01-01T00:00:02.000Z',
      attempts: 1,
    });
    expect(c).toEqual({
      id: 'c',
      child: 'billing',
      status: 'NOT_STARTED',
      reason: 'the run failed first (States.TaskFailed), before its child was started',
    });
  });

  test('knows targets whose iteration had not begun', () => {
    const history = started(1)
      .target(0, ...asked('a'), failed('a'), 'MapIterationFailed')
      .run('ExecutionFailed', { error: 'States.TaskFailed' });
    expect(read(history).slice(1)).toMatchObject([
      { id: 'b', status: 'NOT_STARTED', reason: 'the run failed first (States.TaskFailed)' },
      { id: 'c', status: 'NOT_STARTED' },
    ]);
  });

  test('a run that was refused before it began has started nothing', () => {
    const history = new HistoryBuilder()
      .run('ExecutionStarted')
      .run('FailStateEntered', { name: STATE.unknownTarget })
      .run('ExecutionFailed', { error: 'UnknownTarget' });
    expect(read(history).map(({ status }) => status)).toEqual(Array(3).fill('NOT_STARTED'));
  });

  test('a Task’s own timeout and a failed expression are outcomes too', () => {
    const history = started(2)
      .target(0, ...asked('a'), ['TaskTimedOut', { error: 'States.Timeout' }])
      .target(1, 'TaskStateEntered', [
        'EvaluationFailed',
        { error: 'States.QueryEvaluationError', cause: 'why', state: STATE.execute },
      ])
      .run('ExecutionFailed', { error: 'States.QueryEvaluationError' });
    expect(read(history)).toMatchObject([
      { status: 'TIMED_OUT', error: 'States.Timeout', executionArn: arn('a') },
      { status: 'FAILED', error: 'States.QueryEvaluationError', cause: 'why' },
      { status: 'NOT_STARTED' },
    ]);
  });
});

test('a target that was waiting for its next attempt was aborted, with its last error', () => {
  const refused: [string, Record<string, unknown>] = [
    'TaskSubmitFailed',
    { error: 'StepFunctions.ThrottlingException', cause: 'slow' },
  ];
  const waiting = () =>
    started(2)
      .target(0, ...asked('a').slice(0, 3), refused)
      .wait(5);
  const expected = {
    status: 'ABORTED',
    error: 'StepFunctions.ThrottlingException',
    attempts: 1,
    stopDate: '2026-01-01T00:00:05.000Z',
  };
  const failing = waiting()
    .target(1, ...asked('b'), failed('b'), 'MapIterationFailed')
    .target(0, 'TaskStateAborted', 'MapIterationAborted')
    .run('ExecutionFailed', { error: 'States.TaskFailed' });
  expect(read(failing)).toMatchObject([expected, { status: 'FAILED' }, { status: 'NOT_STARTED' }]);
  expect(read(waiting().run('ExecutionTimedOut'))[0]).toMatchObject(expected);
  expect(read(waiting().run('ExecutionAborted'))[0]).toMatchObject({
    reason: 'the run aborted first, between two attempts',
  });
});

test('a run that was stopped or timed out has aborted what was in flight', () => {
  for (const [type, how] of [
    ['ExecutionAborted', 'the run aborted first'],
    ['ExecutionTimedOut', 'the run timed out first'],
  ] as const) {
    const history = started(1)
      .target(0, ...asked('a'))
      .wait(9)
      .run(type, {});
    expect(read(history)[0]).toMatchObject({
      status: 'ABORTED',
      reason: how,
      executionArn: arn('a'),
      stopDate: '2026-01-01T00:00:09.000Z',
    });
  }
});

test('a redrive replaces what failed by what came of it', () => {
  const history = started(2)
    .target(0, ...asked('a'), succeeded('a'), 'MapIterationSucceeded')
    .target(1, ...asked('b-1'), failed('b-1'), 'MapIterationFailed')
    .run('ExecutionFailed', { error: 'States.TaskFailed' })
    .run('ExecutionRedriven');
  expect(() => read(history)).toThrow('no event ends the execution');
  history.wait(9).target(1, 'MapIterationStarted', ...asked('b-2'), succeeded('b-2'));
  const [a, b] = read(history.run('ExecutionSucceeded'));
  expect(a).toMatchObject({ status: 'SUCCEEDED', executionArn: arn('a'), attempts: 1 });
  expect(b).toMatchObject({ status: 'SUCCEEDED', executionArn: arn('b-2'), attempts: 2 });
  expect(b).not.toHaveProperty('error');
});

test('reads dates as the AWS SDK gives them', () => {
  const history = started(1)
    .target(0, ...asked('a'), succeeded('a'))
    .run('ExecutionSucceeded');
  const events = history.events.map((event): HistoryEvent => ({
    ...event,
    timestamp: new Date(event.timestamp ?? 0),
  }));
  expect(readOutcomes({ definition, events })).toEqual(read(history));
});

test('reads a definition that came as JSON, and refuses one that is no orchestrator’s', () => {
  const { events } = started(0).run('ExecutionSucceeded');
  const copy: unknown = JSON.parse(JSON.stringify(definition));
  expect(readOutcomes({ definition: copy, events })).toHaveLength(3);
  expect(() => readOutcomes({ definition: { States: {} }, events })).toThrow(
    'not a rendered orchestrator',
  );
  expect(() => readOutcomes({ definition: null, events })).toThrow('not a rendered orchestrator');
});

test('refuses a history that does not reach the end: its outcomes would be guesses', () => {
  expect(() => read(started(3))).toThrow('no event ends the execution');
});
