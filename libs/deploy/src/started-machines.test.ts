import type { StateMachine } from '@harmony/assembly';
import { describe, expect, it } from 'vitest';
import { stageOf } from './testing/stage.ts';
import { startedMachines } from './started-machines.ts';

const stage = stageOf('prod', ['audit', 'audit-log', 'parent'], { nightly: ['audit'] });
const machineOf = (name: string) =>
  stage.stateMachines.find((machine) => machine.name === `prod-${name}`) as StateMachine;
const arn = (name: string) => machineOf(name).arn;
const started = (machine: StateMachine) =>
  startedMachines(machine, stage.stateMachines).map(({ name }) => name);
const parent = (states: object) =>
  started({ ...machineOf('parent'), definition: { StartAt: 'A', States: states } });
const task = (resource: string, fields: object) => ({
  A: { Type: 'Task', Resource: resource, ...fields, End: true },
});
const SYNC = 'arn:aws:states:::states:startExecution.sync:2';

describe('what an orchestrator starts', () => {
  it('is what its targets name, and no text of a configuration', () => {
    const nightly = machineOf('nightly');
    const definition = JSON.parse(
      JSON.stringify(nightly.definition).replace(
        '"configuration":{}',
        JSON.stringify({ configuration: { note: arn('audit-log') } }).slice(1, -1),
      ),
    ) as Record<string, unknown>;
    expect(JSON.stringify(definition)).toContain(arn('audit-log'));
    expect(started({ ...nightly, definition })).toEqual(['prod-audit']);
  });

  it('is refused by name where its definition is not understood', () => {
    const definition = { StartAt: 'Other', States: { Other: { Type: 'Succeed' } } };
    expect(() => started({ ...machineOf('nightly'), definition })).toThrow(
      /prod-nightly can't be read.*nx synth/,
    );
  });
});

describe('what another state machine starts', () => {
  it.each([
    ['by JSONata', SYNC, { Arguments: { StateMachineArn: '%' } }],
    ['by JSONPath', SYNC, { Parameters: { StateMachineArn: '%' } }],
    ['by version or alias', SYNC, { Arguments: { StateMachineArn: '%:v2' } }],
    ['and does not wait for', SYNC.replace('.sync:2', ''), { Arguments: { StateMachineArn: '%' } }],
    [
      'in another partition',
      SYNC.replace('aws', 'aws-us-gov'),
      { Arguments: { StateMachineArn: '%' } },
    ],
    [
      'by the SDK',
      'arn:aws:states:::aws-sdk:sfn:startSyncExecution',
      { Arguments: { StateMachineArn: '%' } },
    ],
  ])('%s', (_title, resource, fields) => {
    const filled = JSON.parse(JSON.stringify(fields).replace('%', arn('audit'))) as object;
    expect(parent(task(resource, filled))).toEqual(['prod-audit']);
    const inMap = { Type: 'Map', ItemProcessor: { States: task(resource, filled) } };
    const inParallel = { Type: 'Parallel', Branches: [{ States: { M: inMap } }] };
    expect(parent({ P: inParallel })).toEqual(['prod-audit']);
  });

  it('is no ARN that it merely mentions', () => {
    const mention = { Type: 'Pass', Result: arn('audit'), Comment: arn('audit-log') };
    expect(parent({ A: mention })).toEqual([]);
    const described = task('arn:aws:states:::aws-sdk:sfn:describeStateMachine', {
      Arguments: { StateMachineArn: arn('audit') },
    });
    expect(parent(described)).toEqual([]);
  });

  it.each([
    ['an expression', { Arguments: { StateMachineArn: '{% $machine %}' } }],
    ['a path', { Parameters: { 'StateMachineArn.$': '$.machine' } }],
    ['arguments that are an expression', { Arguments: '{% $all %}' }],
  ])('may be any ARN that it holds, where %s says at run time which', (_title, fields) => {
    const choose = { Type: 'Pass', Assign: { machine: arn('audit') }, Next: 'A' };
    expect(parent({ Choose: choose, ...task(SYNC, fields) })).toEqual(['prod-audit']);
  });
});
