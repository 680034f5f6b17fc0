import { describe, expect, it } from 'vitest';
import type { StateMachine } from '@harmony/assembly';
import { startLocalSystem } from '../system.ts';
import { testMachine, testStage } from '../testing/machines.ts';
import { RunModel } from './run-model.ts';
import type { RunChange } from './run-model.ts';

/** Runs the first machine; the others are there to be started. */
async function watch(...machines: readonly [StateMachine, ...StateMachine[]]) {
  const [machine] = machines;
  const model = new RunModel(machine);
  const changes: RunChange[] = [];
  await using system = await startLocalSystem({
    stage: testStage(machines),
    workspaceRoot: '/nowhere',
    clock: { startTime: new Date('2026-01-31T08:00:00Z') },
    onEvent: (event) => {
      const change = model.apply(event);
      if (change !== undefined) changes.push(change);
    },
  });
  const report = await system.run(machine.name, {});
  changes.push(...model.finish(report));
  return { model, changes, report };
}

const fail = { Type: 'Fail', Error: 'Leaks', Cause: 'empty' };
const starts = (child: StateMachine) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::states:startExecution.sync:2',
  Parameters: { StateMachineArn: child.arn, Input: {} },
  End: true,
});
const machine = (name: string, StartAt: string, States: object): StateMachine =>
  testMachine({ name, definition: { StartAt, States } });

describe('the model of a run', () => {
  it('tells the states that the run itself enters, with their times', async () => {
    const { changes, model } = await watch(
      machine('patient', 'Wait', {
        Wait: { Type: 'Wait', Seconds: 90, Next: 'Done' },
        Done: { Type: 'Succeed' },
      }),
    );
    const start = Date.parse('2026-01-31T08:00:00Z');
    expect(changes).toEqual([
      { kind: 'started', time: start },
      { kind: 'state', state: 'Wait', time: start },
      { kind: 'state', state: 'Done', time: start + 90_000 },
    ]);
    expect(model.failedAt).toBeUndefined();
    expect(model.outcomes).toBeUndefined();
    expect(model.timeline).toEqual([]);
  });

  it('says in which state a run failed, and not in one that it left before', async () => {
    const { model, report } = await watch(
      machine('pond', 'Look', { Look: { Type: 'Pass', Next: 'Leak' }, Leak: fail }),
    );
    expect(model.failedAt).toEqual({
      stateMachine: 'pond',
      executionArn: report.executionArn,
      state: 'Leak',
    });
  });

  it('leads through executions that wait for others, and through a Map and a Parallel', async () => {
    const inner = machine('inner', 'Items', {
      Items: { Type: 'Pass', Result: { items: [1, 2] }, Next: 'Each' },
      Each: {
        Type: 'Map',
        ItemsPath: '$.items',
        End: true,
        ItemProcessor: { StartAt: 'Leak', States: { Leak: fail } },
      },
    });
    const middle = machine('middle', 'Both', {
      Both: {
        Type: 'Parallel',
        End: true,
        Branches: [
          { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 9, End: true } } },
          { StartAt: 'Start', States: { Start: starts(inner) } },
        ],
      },
    });
    const { model, report } = await watch(
      machine('outer', 'Go', { Go: starts(middle) }),
      middle,
      inner,
    );
    expect(report.status).toBe('FAILED');
    expect(model.failedAt).toMatchObject({ stateMachine: 'inner', state: 'Leak' });
  });

  it('says that a task failed that the run went on after', async () => {
    const child = machine('pond', 'Leak', { Leak: fail });
    const caught = {
      ...starts(child),
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }],
    };
    const { changes, model } = await watch(
      machine('outer', 'Go', { Go: caught, Done: { Type: 'Succeed' } }),
      child,
    );
    expect(changes.map(({ kind }) => kind)).toEqual(['started', 'state', 'task failed', 'state']);
    expect(model.failedAt).toBeUndefined();
  });
});
