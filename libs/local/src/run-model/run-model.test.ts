import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDefinitionText } from '@harmony/engine/validate';
import type { StateMachine } from '@harmony/assembly';
import { startLocalSystem } from '../system.ts';
import { testFolder } from '../testing/functions.ts';
import { testMachine, testStage } from '../testing/machines.ts';
import { RunModel } from './run-model.ts';
import type { RunChange } from './run-model.ts';

/** Runs the first machine; the others are there to be started. */
async function watch(...machines: readonly [StateMachine, ...StateMachine[]]) {
  const [machine] = machines;
  const model = new RunModel({ machine, machines, workspaceRoot: '/nowhere' });
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

/** The states on the way to a failure, a line each. */
const wayTo = (model: RunModel): string[] =>
  (model.failedAt?.path ?? []).map(({ stateMachine, state, item, branch }) =>
    [
      ...[stateMachine, state],
      ...(item === undefined ? [] : ['item', item]),
      ...(branch === undefined ? [] : ['branch', branch]),
    ].join(' '),
  );

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
    expect(model.failedAt).toMatchObject({
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
    expect(model.failedAt).toMatchObject({
      stateMachine: 'inner',
      state: 'Leak',
      input: '1',
      error: 'Leaks',
      cause: 'empty',
    });
    expect(wayTo(model)).toEqual([
      'outer Go',
      'middle Both branch 1',
      'middle Start',
      'inner Each item 0',
      'inner Leak',
    ]);
  });

  it('names the item of a Map, also after attempts before, and in a Map Run', async () => {
    const leaky = {
      StartAt: 'Look',
      States: {
        Look: {
          Type: 'Choice',
          Choices: [{ Variable: '$', NumericEquals: 3, Next: 'Leak' }],
          Default: 'Fine',
        },
        Fine: { Type: 'Pass', End: true },
        Leak: fail,
      },
    };
    const each = (ItemProcessor: object): StateMachine =>
      machine('pond', 'Items', {
        Items: { Type: 'Pass', Result: [1, 2, 3], Next: 'Each' },
        Each: {
          Type: 'Map',
          End: true,
          MaxConcurrency: 1,
          ItemProcessor,
          Retry: [{ ErrorEquals: ['Leaks'], MaxAttempts: 1 }],
        },
      });
    for (const processor of [
      leaky,
      { ...leaky, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
    ]) {
      const { model } = await watch(each(processor));
      expect(wayTo(model)).toEqual(['pond Each item 2', 'pond Leak']);
    }
  });

  it('names the line of the definition, and the expression that failed', async () => {
    await using folder = await testFolder({
      'workflow.asl.yaml': [
        'QueryLanguage: JSONata',
        'StartAt: Both',
        'States:',
        '  Both:',
        '    Type: Parallel',
        '    End: true',
        '    Branches:',
        '      - StartAt: Wait',
        '        States: { Wait: { Type: Wait, Seconds: 1, End: true } }',
        '      - StartAt: Look',
        '        States:',
        '          Look:',
        '            Type: Pass',
        '            End: true',
        '            Output:',
        '              frogs:',
        '                - 1',
        '                - "{% $number($states.input.frogs) %}"',
      ].join('\n'),
    });
    const text = await readFile(join(folder.path, 'workflow.asl.yaml'), 'utf8');
    const pond = {
      ...testMachine({
        name: 'pond',
        definition: readDefinitionText(text).value as Record<string, unknown>,
      }),
      definitionFile: 'workflow.asl.yaml',
    };
    const model = new RunModel({ machine: pond, machines: [pond], workspaceRoot: folder.path });
    await using system = await startLocalSystem({
      stage: testStage([pond]),
      workspaceRoot: folder.path,
      onEvent: (event) => void model.apply(event),
    });
    await system.run('pond', { frogs: 'many' });
    expect(wayTo(model)).toEqual(['pond Both branch 1', 'pond Look']);
    expect(model.failedAt).toMatchObject({
      error: 'States.QueryEvaluationError',
      source: { file: 'workflow.asl.yaml', line: 18, column: 19 },
      field: 'Output/frogs[1]',
      expression: '{% $number($states.input.frogs) %}',
      input: '{"frogs":"many"}',
    });
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
