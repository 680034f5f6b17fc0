import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startFakeAws, type FakeAws } from '@harmony/fake-aws';
import type { WorkspaceCopy } from '@harmony/nx-plugin/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyExample, useFakeCdk } from './example.ts';
import { workspaceRoot } from './workspace.ts';

const readme = readFileSync(join(workspaceRoot, 'README.md'), 'utf8');

const commands = [...readme.matchAll(/^ *```sh\n([^]*?)^ *```$/gm)].flatMap(([, block = '']) =>
  block
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== ''),
);
const inProse = [...readme.matchAll(/`(npx [^`\n]+)`/g)].map(([, command = '']) => command);

/** CI itself is these: see .ci/run. `npm start` is run below, on what is installed. */
const ofCi = ['npm ci && npm test', 'npm ci && npm start'];

/** State machines that somebody else has: a definition, and a template with a function in Python. */
const ofOthers = {
  'orders.asl.json': `{ "StartAt": "Keep", "States": { "Keep": {
    "Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem", "End": true,
    "Parameters": { "TableName": "\${Table}", "Item": {} } } } }`,
  'template.yaml': `Resources:
  Price:
    Type: AWS::Serverless::Function
    Properties: { Runtime: python3.13, Handler: index.go, InlineCode: 'def go(event, context): return 7' }
  Orders:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: Price
        States: { Price: { Type: Task, Resource: !GetAtt Price.Arn, End: true } }
`,
};

let workspace: WorkspaceCopy;
/** What harmony asks of AWS: the stage's log. */
let aws: FakeAws;

beforeAll(async () => {
  workspace = await copyExample();
  await useFakeCdk(workspace);
  for (const [name, text] of Object.entries(ofOthers)) {
    await writeFile(join(workspace.root, name), text);
  }
  await workspace.commit('As cloned');
  aws = await startFakeAws();
});
afterAll(async () => {
  await aws[Symbol.asyncDispose]();
  await workspace[Symbol.asyncDispose]();
});

async function runs(command: string) {
  const words = command.replace(/^npx /, '').split(' ');
  // The copy links its packages itself; a test asks no registry.
  const generates = words[0] === 'nx' && words[1] === 'g';
  if (words[2] === '@harmony/nx-plugin:child-workflow') words.push('--skip-install');
  const [program = '', ...args] = words;
  const result = await workspace.exec(program, args, {
    ...aws.env,
    FAKE_CDK_LOG: join(workspace.root, '.nx/cdk.log'),
  });
  if (generates) await workspace.link();
  return result;
}

// In the README's order, in one clone of the workspace.
describe('the README', () => {
  it('has the commands that CI runs', () => {
    const ci = readFileSync(join(workspaceRoot, '.ci/run'), 'utf8').split('\n');
    expect(commands).toEqual(expect.arrayContaining(ofCi));
    expect(ci).toEqual(expect.arrayContaining(['npm ci', 'npm test']));
  });

  it('npm start ends with the timeline of a run that succeeded', async () => {
    const { status, stdout, stderr } = await runs('npm start');
    expect(status, stderr + stdout).toBe(0);
    expect(stdout).toMatch(/account-review \(stage prod\): SUCCEEDED/);
    expect(stdout).toMatch(/billing-alerts .*SUCCEEDED/);
  });

  it.each(commands.filter((command) => !ofCi.includes(command)))('%s', async (command) => {
    const { status, stdout, stderr } = await runs(command);
    expect(status, stderr + stdout).toBe(0);
  });

  it('removing a child is refused while a target uses it', async () => {
    const [command, ...others] = inProse.filter((text) => text.includes(':remove-child'));
    expect(others).toEqual([]);
    const { status, stdout, stderr } = await runs(command ?? '');
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain('account-review');
  });

  it('the other commands in its prose run too', async () => {
    for (const command of inProse.filter((text) => !text.includes(':remove-child'))) {
      const { status, stdout, stderr } = await runs(command);
      expect(status, command + stderr + stdout).toBe(0);
    }
  });
});
