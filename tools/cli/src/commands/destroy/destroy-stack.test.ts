import { dirname, join } from 'node:path';
import { type FakeAws, startFakeAws } from '@harmony/fake-aws';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { call } from '../../testing/call.ts';
import { testWorkspace, type TestWorkspace } from '../../testing/workspace.ts';

/** The double of `cdk` that libs/deploy/src/testing/fake-cdk describes. */
const FAKE_CDK = join(import.meta.dirname, '../../../../../libs/deploy/src/testing/fake-cdk');

let workspace: TestWorkspace;
let aws: FakeAws;

beforeAll(async () => {
  workspace = await testWorkspace();
  const machine = {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { StateMachineName: 'old' },
  };
  const template = JSON.stringify({ Resources: { Machine: machine } });
  aws = await startFakeAws({
    stacks: { 'dev-old': { template, status: 'CREATE_COMPLETE' } },
    definitions: { 'arn:aws:states:us-east-1:123456789012:stateMachine:old': '{"States":{}}' },
  });
  for (const [name, value] of Object.entries(aws.env)) vi.stubEnv(name, value);
});
beforeEach(() => {
  const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:old';
  aws.account.executions.splice(0, Infinity, {
    ...{ executionArn: `${arn}:one`, stateMachineArn: arn, input: '{}', definition: '{}' },
  });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws[Symbol.asyncDispose]();
  await workspace[Symbol.asyncDispose]();
});

/** Whoever sits at the terminal gives these answers, one after the other. */
async function destroy(...answers: readonly string[]) {
  const questions: string[] = [];
  const ended = await call(['destroy', 'old', '--stage', 'dev'], {
    cwd: workspace.root,
    env: { PATH: `${FAKE_CDK}:${dirname(process.execPath)}:${process.env['PATH']}` },
    ask: async (question) => {
      questions.push(question);
      return answers[questions.length - 1] ?? '';
    },
  });
  return { ...ended, questions };
}

describe('harmony destroy at a terminal', () => {
  it.each(['', 'y', 'old', 'dev-older'])('destroys nothing on the answer %j', async (answer) => {
    const { status, stdout, questions } = await destroy(answer);
    expect(questions).toEqual(['Type dev-old to destroy it: ']);
    expect(stdout).toContain('Nothing was destroyed.');
    expect(status).toBe(1);
    expect(aws.account.executions).toHaveLength(1);
  });

  it('offers to stop the executions, once the name is typed, and lets them be otherwise', async () => {
    const kept = await destroy('dev-old', 'n');
    expect(kept.questions).toEqual(['Type dev-old to destroy it: ', 'Stop them first? [y/N] ']);
    expect(kept.stdout).toContain('1 execution is in flight');
    expect(aws.account.executions).toHaveLength(1);
    const stopped = await destroy('dev-old', 'y');
    expect(stopped.stdout).toContain('Stopped 1 execution.');
    expect(aws.account.executions).toEqual([]);
  });
});
