import { appendFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceCopy } from '@harmony/nx-plugin/testing';
import { copyExample, useFakeCdk } from './example.ts';

interface CdkCall {
  readonly event: 'start' | 'end';
  readonly verb: string;
  readonly selectors: readonly string[];
  readonly flags: Readonly<Record<string, string | true>>;
}

let workspace: WorkspaceCopy;
let base: string;
let log: string;

beforeAll(async () => {
  workspace = await copyExample();
  base = await workspace.commit('As deployed');
  await useFakeCdk(workspace);
  log = join(workspace.root, '.nx', 'cdk.log');
  const { status, stdout } = await workspace.exec('nx', [
    'run-many',
    '--targets=synth,contract,build',
    '--projects=infra,cli',
  ]);
  expect(status === 0 ? '' : stdout).toBe('');
});
afterAll(() => workspace[Symbol.asyncDispose]());
beforeEach(() => rm(log, { force: true }));

/** With the double of libs/deploy/test/fake-cdk, described there, as `cdk`. */
const exec = (
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) => workspace.exec(command, args, { FAKE_CDK_LOG: log, ...env });

async function calls(): Promise<readonly CdkCall[]> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as CdkCall);
}

const deployed = async () =>
  (await calls()).filter(({ event }) => event === 'start').flatMap(({ selectors }) => selectors);

describe('nx deploy', () => {
  it('of a child deploys its stack alone, from the assembly', async () => {
    const { status, stdout } = await exec('nx', ['deploy', 'billing-alerts', '--stage=prod']);
    expect(status === 0 ? '' : stdout).toBe('');
    expect(await calls()).toEqual([
      expect.objectContaining({
        event: 'start',
        verb: 'deploy',
        selectors: ['prod/billing-alerts'],
        flags: expect.objectContaining({ '--app': 'cdk.out', '--exclusively': true }),
      }),
      expect.objectContaining({ event: 'end' }),
    ]);
  });

  it('of the app deploys the orchestrators, in the stage dev unless told', async () => {
    expect((await exec('nx', ['deploy', 'infra'])).status).toBe(0);
    expect(await deployed()).toEqual(['dev/account-review', 'dev/nightly']);
  });

  it('of what is affected synthesises once and deploys nothing else', async () => {
    await touch('apps/tag-compliance/src/find-aliases.ts');
    try {
      const { status, stdout } = await exec('nx', [
        'affected',
        '--targets=deploy',
        `--base=${base}`,
        '--stage=prod',
      ]);
      expect(status === 0 ? '' : stdout).toBe('');
      expect([...(await deployed())].sort()).toEqual([
        'prod/account-review',
        'prod/nightly',
        'prod/tag-compliance',
      ]);
    } finally {
      await restore();
    }
  });

  it('ends with the failure of cdk', async () => {
    const env = { FAKE_CDK_FAIL: 'prod/billing-alerts' };
    const { status, stdout, stderr } = await exec(
      'nx',
      ['deploy', 'billing-alerts', '--stage=prod'],
      env,
    );
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain('prod/billing-alerts failed');
    expect((await exec('nx', ['deploy', 'billing-alerts', '--stage=nowhere'])).status).not.toBe(0);
  });

  it('destroys and compares one stack as well', async () => {
    expect((await exec('nx', ['diff', 'credential-audit', '--stage=prod'])).status).toBe(0);
    expect((await exec('nx', ['destroy', 'credential-audit', '--stage=dev'])).status).toBe(0);
    const started = (await calls()).filter(({ event }) => event === 'start');
    expect(started.map(({ verb, selectors }) => [verb, ...selectors])).toEqual([
      ['diff', 'prod/credential-audit'],
      ['destroy', 'dev/credential-audit'],
    ]);
  });
});

async function touch(file: string): Promise<void> {
  await appendFile(join(workspace.root, file), '\n// changed\n');
}

async function restore(): Promise<void> {
  await workspace.exec('git', ['checkout', '-q', '--', '.']);
  await workspace.exec('git', ['clean', '-fdq']);
}

describe('harmony deploy', () => {
  const deploy = (args: readonly string[], env?: Readonly<Record<string, string>>) =>
    exec('harmony', ['deploy', '--stage=prod', ...args], env);

  it('deploys what changed since the base, children first, orchestrators last', async () => {
    await touch('apps/tag-compliance/src/find-aliases.ts');
    const { status, stdout } = await deploy([`--base=${base}`]);
    await restore();
    expect(status).toBe(0);
    expect(await deployed()).toEqual(['prod/tag-compliance', 'prod/account-review']);
    expect((await calls()).map(({ event }) => event)).toEqual(['start', 'end', 'start', 'end']);
    expect(stdout).toContain('deployed     prod/account-review');
  });

  it('deploys everything where asked for it, orchestrators when the last child has ended', async () => {
    expect((await deploy(['--all'])).status).toBe(0);
    const events = (await calls()).map(({ event, selectors }) => `${event} ${selectors.join()}`);
    const children = ['billing-alerts', 'credential-audit', 'tag-compliance'];
    expect(new Set(events.slice(0, 6))).toEqual(
      new Set(children.flatMap((name) => [`start prod/${name}`, `end prod/${name}`])),
    );
    expect(new Set(events.slice(6))).toEqual(
      new Set(
        ['account-review', 'nightly'].flatMap((name) => [`start prod/${name}`, `end prod/${name}`]),
      ),
    );
  });

  it('stops the orchestrators of a child that fails, nothing else, and says so', async () => {
    const { status, stdout } = await deploy(['--all'], { FAKE_CDK_FAIL: 'prod/billing-alerts' });
    expect(status).toBe(1);
    expect(new Set(await deployed())).toEqual(
      new Set([
        'prod/billing-alerts',
        'prod/credential-audit',
        'prod/nightly',
        'prod/tag-compliance',
      ]),
    );
    expect(stdout).toMatch(/failed +prod\/billing-alerts: cdk ended with status 1/);
    expect(stdout).toMatch(/blocked +prod\/account-review: billing-alerts, which it starts/);
  });

  it('does nothing where nothing is to be done', async () => {
    await touch('README.md');
    const { status, stdout } = await deploy([`--base=${base}`]);
    await restore();
    expect(status).toBe(0);
    expect(stdout).toContain('prod: none of 5 stacks affected');
    expect(await calls()).toEqual([]);
  });

  it('prints one JSON document where asked for it', async () => {
    const { stdout } = await deploy(['--all', '--json'], { FAKE_CDK_FAIL: 'prod/nightly' });
    const { outcomes } = JSON.parse(stdout) as {
      outcomes: readonly { stack: string; status: string }[];
    };
    expect(outcomes.filter(({ status }) => status !== 'deployed')).toEqual([
      { stack: 'prod/nightly', status: 'failed', reason: 'cdk ended with status 1' },
    ]);
  });

  it('starts nothing on bad usage', async () => {
    for (const [args, message] of [
      [[], 'compared with what?'],
      [['--base=nowhere'], '--base nowhere'],
      [['--all', '--stage=prd'], 'It has: dev, prod'],
      [['--all', '--concurrency=0'], 'whole number from 1'],
      [['--all', `--base=${base}`], 'cannot be used with'],
    ] as const) {
      const { status, stderr } = await deploy(args);
      expect(stderr).toContain(message);
      expect(status).toBe(2);
    }
    expect(await calls()).toEqual([]);
  });
});

describe('harmony deploy-plan', () => {
  const plan = async (...args: readonly string[]) => exec('harmony', ['deploy-plan', ...args]);

  it('shows every stage, the waves, and why', async () => {
    const file = 'libs/contracts/credential-audit/src/index.ts';
    await touch(file);
    const [text, json, markdown] = await Promise.all([
      plan(`--base=${base}`, '--stage=prod'),
      plan(`--base=${base}`, '--json'),
      plan(`--base=${base}`, '--markdown'),
    ]);
    await restore();
    expect(text.stdout).toBe(
      [
        `prod: 3 of 5 stacks affected since ${base.slice(0, 12)}`,
        '  wave 1',
        '    prod/credential-audit',
        `      ${file} → credential-audit-contract → credential-audit`,
        '  wave 2',
        '    prod/account-review',
        `      ${file} → credential-audit-contract → credential-audit → infra`,
        '    prod/nightly',
        `      ${file} → credential-audit-contract → credential-audit → infra`,
        '',
        'Contracts changed: credential-audit',
        '',
      ].join('\n'),
    );
    const parsed = JSON.parse(json.stdout) as {
      base: string;
      stages: readonly { stage: string; waves: readonly (readonly { name: string }[])[] }[];
    };
    expect(parsed.base).toBe(base);
    expect(
      parsed.stages.map(({ stage, waves }) => [
        stage,
        waves.map((wave) => wave.map(({ name }) => name)),
      ]),
    ).toEqual(
      ['dev', 'prod'].map((stage) => [
        stage,
        [['credential-audit'], ['account-review', 'nightly']],
      ]),
    );
    expect(markdown.stdout).toContain('| 1 | `prod/credential-audit` |');
  });
});
