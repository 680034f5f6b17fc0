import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkspaceCopy } from '@harmony/nx-plugin/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyExample } from './example.ts';

// What a team has after the README's five minutes: children and orchestrations from the generators.
let workspace: WorkspaceCopy;
beforeAll(async () => {
  workspace = await copyExample();
});
afterAll(() => workspace[Symbol.asyncDispose]());

const harmony = (...args: readonly string[]) => workspace.exec('harmony', args);
const CHILD = 'credential-audit';
const definition = `apps/${CHILD}/workflow.asl.yaml`;

async function edit(file: string, ...changes: readonly (readonly [string, string])[]) {
  const path = join(workspace.root, file);
  let text = await readFile(path, 'utf8');
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  await writeFile(path, text);
}

describe('the contract of a generated child', () => {
  it('is held by lint, diff, validate and snapshot as it was generated', async () => {
    for (const args of [
      ['contracts', 'lint'],
      ['contracts', 'snapshot', '--check'],
      ['contracts', 'diff', '--base', 'HEAD'],
      ['validate', definition],
    ]) {
      const { status, stdout, stderr } = await harmony(...args);
      expect(status, args.join(' ') + stdout + stderr).toBe(0);
    }
    const { stdout } = await harmony('contracts', 'lint', '--json');
    const reports = JSON.parse(stdout) as { contract: string; findings: unknown[] }[];
    expect(reports.map(({ contract }) => contract)).toContain(CHILD);
    expect(reports.flatMap(({ findings }) => findings)).toEqual([]);
  });

  it('is not kept by a state machine that reads an undeclared field', async () => {
    const before = ['$.payload.account.id', '$.payload.account.nickname'] as const;
    await edit(definition, before);
    for (const args of [
      ['contracts', 'lint', CHILD],
      ['validate', definition],
    ]) {
      const { status, stdout } = await harmony(...args);
      expect(stdout).toContain(`"nickname" isn't a field that the contract declares`);
      expect(status).toBe(1);
    }
    await edit(definition, [before[1], before[0]]);
  });
});

describe("AWS's side of a generated child", () => {
  const mocks = `apps/${CHILD}/mocks.json`;
  const inWorkflow = [
    ['Parameters: {}', 'Parameters: { MaxItem: 5 }'],
    ['aliases.$: $.AccountAliases', 'aliases.$: $.AccountAlias'],
    ['- Iam.SdkClientException', '- Iam.SdkClientExeption'],
  ] as const;
  const inMocks = [
    ['"AccountAliases": ["shop-prod", "warehouse"]', '"AccountAliases": "shop-prod"'],
    ['"Error": "Iam.IamException"', '"Error": "Iam.IamExeption"'],
  ] as const;
  const back = (changes: readonly (readonly [string, string])[]) =>
    changes.map(([from, to]) => [to, from] as const);

  it.each([[['validate', definition]], [['contracts', 'lint', CHILD]]])(
    'is refused where it is tampered with: harmony %j',
    async (args) => {
      await edit(definition, ...inWorkflow);
      await edit(mocks, ...inMocks);
      const { status, stdout } = await harmony(...args);
      expect(status).toBe(1);
      for (const finding of [
        /workflow\.asl\.yaml:\d+:\d+: error: .* MaxItem is no member of the call: did you mean MaxItems\? \(MEMBER_UNKNOWN\)/,
        /workflow\.asl\.yaml:\d+:\d+: error: .* did you mean AccountAliases\? \(FIELD_UNDECLARED\)/,
        /workflow\.asl\.yaml:\d+:\d+: warning: .* did you mean Iam\.SdkClientException\? \(ERROR_UNKNOWN\)/,
        /mocks\.json:\d+:\d+: error: .* is a string, where the call gives an array .*\(MOCK_RETURN\)/,
        /mocks\.json:\d+:\d+: error: .* did you mean Iam\.IamException\? \(MOCK_THROW\)/,
      ]) {
        expect(stdout).toMatch(finding);
      }
      await edit(definition, ...back(inWorkflow));
      await edit(mocks, ...back(inMocks));
      expect(await harmony(...args)).toMatchObject({ status: 0 });
    },
  );

  it('is not checked where its client is not installed, and counted', async () => {
    await edit(definition, ['aws-sdk:iam:listAccountAliases', 'aws-sdk:braket:getJob']);
    const { status, stdout } = await harmony('validate', definition);
    expect(stdout).toContain('Fix: npm install --save-dev @aws-sdk/client-braket');
    expect(stdout).toMatch(/^1 file valid.*, 1 call not checked\.$/m);
    expect(status).toBe(0);
    await edit(definition, ['aws-sdk:braket:getJob', 'aws-sdk:iam:listAccountAliases']);
  });
});

describe('a required payload field more, in a child that a generated orchestration uses', () => {
  const diff = () => harmony('contracts', 'diff', '--base', 'HEAD');
  const verdicts: string[] = [];

  it('does not pass while its snapshot is not written', async () => {
    await edit(
      `libs/contracts/${CHILD}/src/index.ts`,
      ['payload: z.object({', 'payload: z.object({ region: z.string(),'],
      [
        "payload: { account: { id: '123456789012' } }",
        "payload: { account: { id: '123456789012' }, region: 'x' }",
      ],
    );
    const { status, stdout } = await diff();
    expect(stdout).toContain(`libs/contracts/${CHILD}/contract.json isn't what`);
    expect(status).toBe(1);
  });

  it.each([
    ['before a synth', undefined],
    ['after a synth', ['synth', 'infra']],
  ])('is breaking %s', async (_, command) => {
    if (command !== undefined) {
      const synth = await workspace.exec('nx', command);
      expect(synth.status, synth.stdout + synth.stderr).toBe(0);
    }
    expect((await harmony('contracts', 'snapshot')).status).toBe(0);
    const { status, stdout } = await diff();
    expect(stdout).toContain(`${CHILD}: breaking (changed, libs/contracts/${CHILD}/contract.json)`);
    expect(stdout).toContain('breaking payload/region [required]');
    expect(stdout).toContain(`nightly › ${CHILD} › payload.region`);
    // Whoever triggers the orchestration doesn't send it either.
    expect(stdout).toContain('nightly: breaking (changed, infra/contracts/nightly.json)');
    expect(status).toBe(1);
    verdicts.push(stdout);
  });

  it('has one verdict, however fresh the assembly is', () => {
    expect(verdicts).toHaveLength(2);
    expect(verdicts[1]).toBe(verdicts[0]);
  });
});
