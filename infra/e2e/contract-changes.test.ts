import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { testStage } from '@harmony/constructs';
import { type ContractDocument, defineContract } from '@harmony/contract';
import { textOfSnapshot } from '@harmony/contract-checks/snapshots';
import { defineOrchestration, deployedDocument, outputOf, target } from '@harmony/orchestration';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { AssemblyCopy, readTemplate, resources, type Template } from '../test/assembly-copy.ts';
import { FixtureWorkspace, payload } from './fixtures/assembly.ts';
import { linker } from './fixtures/brittle.ts';
import { type Ended, harmony } from './harmony.ts';

const { name: stage } = testStage;

const nightly = defineOrchestration({
  name: 'nightly',
  payload,
  targets: [
    target(linker, { id: 'source', configuration: {} }),
    target(linker, { id: 'sink', configuration: { link: outputOf(linker, 'source').link } }),
  ],
});

/** The contract of `linker` with another output, as the next version of the child would have it. */
const giving = (output: z.ZodType): ContractDocument =>
  defineContract({
    ...{ name: 'linker', payload: linker.payload, configuration: linker.configuration, output },
    examples: [{ payload: { account: '1' }, configuration: {} }],
  }).document;

const COMPATIBLE = [
  ['says less of a field that nobody takes', z.object({ link: z.string(), count: z.unknown() })],
  ['gives one text only', z.object({ link: z.literal('it'), count: z.number() })],
] as const;
const BREAKING = [
  ['may leave it out', z.object({ link: z.string().optional() }), 'is not sure to put out'],
  ['gives another type', z.object({ link: z.number() }), 'output.link of "source": '],
  ['does not give it', z.object({ count: z.number() }), 'declares no output.link'],
] as const;

let workspace: FixtureWorkspace;
beforeAll(() => {
  workspace = new FixtureWorkspace({ nightly });
  for (const stack of ['linker', 'nightly']) deploy(stack);
  writeSnapshot(linker.document);
  write('infra/contracts/nightly.json', nightlySnapshot());
  git('init', '--quiet');
  git('add', 'libs', 'infra/contracts');
  git('commit', '--quiet', '-m', 'base');
});
afterAll(() => workspace[Symbol.dispose]());

function git(...args: readonly string[]): void {
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
  execFileSync('git', [...who, ...args], { cwd: workspace.root });
}

function write(path: string, content: unknown): void {
  const file = join(workspace.root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

function writeSnapshot(document: ContractDocument): void {
  write('libs/contracts/linker/contract.json', document);
}

/** As `harmony contracts snapshot` would write it from the orchestration's source. */
function nightlySnapshot(): string {
  const { targets } = deployedDocument(nightly);
  return textOfSnapshot({ document: nightly.document, targets });
}

/** What CloudFormation would leave behind: the parameter's value, and the asset that it names. */
function deploy(stack: string): void {
  const template = readTemplate(workspace.assembly, stage, stack);
  const [parameter] = resources(template, 'AWS::SSM::Parameter');
  const { Name: name, Value: value } = parameter?.Properties as { Name: string; Value: Template };
  const parts = value['Fn::Join'][1] as unknown[];
  const text = parts.map((part) => (typeof part === 'string' ? part : 'deployed')).join('');
  write(`${name.replace('/harmony/', 'records/')}.json`, text);
  for (const asset of globSync(join(workspace.assembly, 'asset.*.json'))) {
    const key = basename(asset).replace('asset.', '');
    cpSync(asset, join(workspace.root, 'records', 'schemas', key));
  }
}

/** Asks the command of a workspace whose child `linker` has the contract. */
async function ask(
  contract: ContractDocument,
  args: readonly string[],
  assembly: (dir: string) => readonly string[] = () => [],
): Promise<Ended> {
  using copy = new AssemblyCopy(workspace.assembly);
  copy.editTemplate(stage, 'linker', (template) => {
    const [machine = {}] = resources(template, 'AWS::StepFunctions::StateMachine');
    machine.Metadata['harmony:contract'] = contract;
  });
  writeSnapshot(contract);
  return await harmony([...args, '--json', ...assembly(copy.dir)], { cwd: workspace.root });
}

const canDeploy = (contract: ContractDocument, name: string) =>
  ask(contract, ['can-deploy', name, '--stage', stage, '--records', 'records'], (dir) => [
    ...['--assembly', dir],
  ]);
const diff = (contract: ContractDocument) => ask(contract, ['contracts', 'diff', '--base', 'HEAD']);

describe('a target takes a value from the output of another, as synthesised and recorded', () => {
  it.each(COMPATIBLE)('the child that %s may go out', async (_, output) => {
    const { stdout, stderr } = await canDeploy(giving(output), 'linker');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ stage, allowed: true, conflicts: [] });
    expect(JSON.parse((await diff(giving(output))).stdout)).toMatchObject({
      contracts: [{ name: 'linker', targets: [] }],
    });
  });

  it.each(BREAKING)('the child that %s may not, and the diff says so', async (_, output, says) => {
    const reason = expect.stringContaining(says) as string;
    const found = { orchestrator: 'nightly', path: 'configuration.link', reason };
    const refused = await canDeploy(giving(output), 'linker');
    expect(refused.status).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      ...{ stage, allowed: false },
      conflicts: [{ ...found, target: 'sink', child: 'linker' }],
      deployFirst: [expect.stringMatching(/^Expand before you contract/) as string],
    });
    const told = await diff(giving(output));
    expect(told.status).toBe(1);
    expect(JSON.parse(told.stdout)).toMatchObject({
      verdict: 'breaking',
      contracts: [{ name: 'linker', targets: [{ ...found, id: 'sink' }] }],
    });
  });

  it('the orchestrator may go out to what it was checked against', async () => {
    const { stdout } = await canDeploy(linker.document, 'nightly');
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'orchestrator', allowed: true });
  });
});
