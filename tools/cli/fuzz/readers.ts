import { textOfSnapshot } from '@harmony/contract-checks/snapshots';
import { greenhouse, pond, type TestWorkspace, testWorkspace } from '../src/testing/workspace.ts';

/** A file that the command reads, and the command line that reads it. */
export interface Reader {
  /** From the workspace's root. */
  readonly file: string;
  readonly args: readonly string[];
  /** Of the file as it should be; otherwise that of the workspace. */
  readonly content?: unknown;
}

const lint = ['contracts', 'lint', 'greenhouse'];
const canDeploy = ['can-deploy', 'pond', '--stage', 'dev', '--records', 'records'];
const check = ['contracts', 'check', '--json'];
const state = { Type: 'Pass', Output: '{% $states.input %}', QueryLanguage: 'JSONata', End: true };
const machine = { StartAt: 'Keep', States: { Keep: state } };
const testState = (option: string, file: string) => ['test-state', 'fuzz/state.json', option, file];
const schema = {
  $defs: { site: { enum: ['north', 'south'] } },
  type: 'object',
  properties: { site: { $ref: '#/$defs/site' }, beds: { type: 'array', items: { minimum: 1 } } },
  required: ['site'],
};
const record = (kind: string, name: string, hash: string) => ({
  ...{ kind, name, version: 1, hash },
  stateMachineArn: `arn:aws:states:us-east-1:123456789012:stateMachine:dev-${name}`,
  schemas: { bucket: 'assets', key: `${name}.json` },
});
const sent = [{ id: 'pond', child: 'pond', configuration: { note: 'dry' } }];
const round = { name: 'morning-round', hash: 'h', payload: {}, targets: sent };
const yaml = `StartAt: Keep
States:
  Keep: &keep
    Type: Task
    Resource: arn:aws:states:::aws-sdk:iotdataplane:getThingShadow
    Parameters: { ThingName.$: $.payload.site }
    Next: Done
  Done: { Type: Succeed }
`;
const accepted = [{ code: 'NOT_DECLARED', path: '/States/Keep', reason: 'as agreed' }];
const plan = { stages: [{ stage: 'dev', waves: [[{ name: 'pond', kind: 'child' }]] }] };
const input = { payload: { site: 'north' }, configuration: { note: 'ducks' } };
const mocks = {
  StateMachines: {
    greenhouse: { TestCases: { HappyPath: { 'Read sensor': 'Mild', Decide: 'Decided' } } },
  },
  MockedResponses: {
    Mild: { '0-1': { Return: { degrees: 21 } } },
    Decided: { '0': { Return: { Payload: { degrees: 21, heat: false } } } },
  },
};

/** Every kind of file that a user, or a stage, hands to the command. */
export const READERS: Readonly<Record<string, Reader>> = {
  input: {
    ...{ file: 'fuzz/input.json', content: input },
    args: ['run', 'pond', '--input', 'fuzz/input.json'],
  },
  'input of an orchestrator': {
    file: 'infra/examples/morning-round.json',
    args: ['run', 'morning-round', '--only', 'pond', '--skip-delays'],
  },
  mocks: {
    ...{ file: 'apps/greenhouse/mocks.json', content: mocks },
    args: ['run', 'greenhouse', '--json'],
  },
  'example that is run': { file: 'apps/greenhouse/example.json', args: ['run', 'greenhouse'] },
  'example that fuzzing takes parts of': {
    file: 'apps/greenhouse/example.json',
    args: ['contracts', 'fuzz', 'greenhouse', '--runs', '0'],
  },
  'definition in JSON': {
    ...{ file: 'fuzz/machine.asl.json', content: machine },
    args: ['validate', 'fuzz/machine.asl.json'],
  },
  'definition in YAML': {
    ...{ file: 'fuzz/machine.asl.yaml', content: yaml },
    args: ['validate', 'fuzz/machine.asl.yaml'],
  },
  'definition that is linted': {
    ...{ file: 'apps/greenhouse/workflow.asl.yaml', content: yaml },
    args: lint,
  },
  'accepted findings': {
    ...{ file: 'apps/greenhouse/accepted-findings.json', content: accepted },
    args: lint,
  },
  snapshot: {
    ...{ file: 'libs/contracts/greenhouse/contract.json' },
    ...{ content: textOfSnapshot({ document: greenhouse.document, targets: [] }), args: lint },
  },
  'state to test': {
    ...{ file: 'fuzz/state.json', content: state },
    args: ['test-state', 'fuzz/state.json', '--inspection-level', 'TRACE'],
  },
  'input of a state': {
    ...{ file: 'fuzz/one.json', content: input },
    args: testState('--input', 'fuzz/one.json'),
  },
  'mock of a state': {
    ...{ file: 'fuzz/one.json', content: { result: { degrees: 21 } } },
    args: [...testState('--mock', 'fuzz/one.json')],
  },
  'context of a state': {
    ...{ file: 'fuzz/one.json', content: { Execution: { Input: {} }, State: { RetryCount: 1 } } },
    args: testState('--context', 'fuzz/one.json'),
  },
  'variables of a state': {
    ...{ file: 'fuzz/one.json', content: { a: 1, b: { c: [] } } },
    args: testState('--variables', 'fuzz/one.json'),
  },
  'configuration of a state': {
    ...{ file: 'fuzz/one.json', content: { mapIterationFailureCount: 2 } },
    args: testState('--configuration', 'fuzz/one.json'),
  },
  'schema as it is': {
    ...{ file: 'fuzz/new.json', content: schema },
    args: 'contracts diff --from fuzz/old.json --to fuzz/new.json --direction input'.split(' '),
  },
  'schema as it was': {
    ...{ file: 'fuzz/old.json', content: schema },
    args: 'contracts diff --from fuzz/old.json --to fuzz/new.json --direction output'.split(' '),
  },
  'record of a child': {
    ...{ file: 'records/dev/children/pond.json' },
    ...{ content: record('child', 'pond', pond.document.hash), args: canDeploy },
  },
  'record of an orchestrator': {
    ...{ file: 'records/dev/orchestrators/morning-round.json' },
    ...{ content: record('orchestrator', 'morning-round', 'h'), args: canDeploy },
  },
  'contract of a record': {
    ...{ file: 'records/schemas/pond.json', content: pond.document },
    args: canDeploy,
  },
  'orchestration of a record': {
    ...{ file: 'records/schemas/morning-round.json', content: round },
    args: canDeploy,
  },
  'execution in flight': {
    file: 'records/dev/executions/1.json',
    content: {
      executionArn: 'arn:aws:states:us-east-1:123456789012:execution:dev-morning-round:1',
      ...{ orchestrator: 'morning-round', definition: machine, input },
    },
    args: canDeploy,
  },
  plan: {
    ...{ file: 'fuzz/plan.json', content: plan },
    args: 'can-deploy --plan fuzz/plan.json --stage dev --records records'.split(' '),
  },
  template: { file: 'infra/cdk.out/assembly-dev/template.json', args: check },
  'manifest of a stage': { file: 'infra/cdk.out/assembly-dev/manifest.json', args: check },
  'manifest of an assembly': { file: 'infra/cdk.out/manifest.json', args: check },
  assets: { file: 'infra/cdk.out/assembly-dev/assets.json', args: check },
};

/** A workspace in which each reader finds what it reads, as it should be. */
export async function readable(): Promise<TestWorkspace> {
  const workspace = await testWorkspace();
  for (const { file, content } of Object.values(READERS)) {
    if (content !== undefined) await workspace.write(file, content);
  }
  return workspace;
}
