import { appendFile, cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deployStage, type FakeAws, startFakeAws } from '@harmony/fake-aws';
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
/** What harmony asks of AWS: the stage's log. What `cdk` would is in infra/e2e/deploy.test.ts. */
let aws: FakeAws;

beforeAll(async () => {
  workspace = await copyExample();
  base = await workspace.commit('As deployed');
  await useFakeCdk(workspace);
  aws = await startFakeAws();
  log = join(workspace.root, '.nx', 'cdk.log');
  const { status, stdout } = await workspace.exec('nx', [
    'run-many',
    '--targets=synth,contract,build',
    '--projects=infra,cli',
  ]);
  expect(status === 0 ? '' : stdout).toBe('');
  await cp(join(workspace.root, 'infra/cdk.out'), join(workspace.root, '.nx/base.out'), {
    recursive: true,
  });
});
afterAll(async () => {
  await aws[Symbol.asyncDispose]();
  await workspace[Symbol.asyncDispose]();
});
beforeEach(() => rm(log, { force: true }));

/** With the double of libs/deploy/src/testing/fake-cdk, described there, as `cdk`. */
const exec = (
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) => workspace.exec(command, args, { ...aws.env, FAKE_CDK_LOG: log, ...env });

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

  it('compares one stack as well', async () => {
    expect((await exec('nx', ['diff', 'credential-audit', '--stage=prod'])).status).toBe(0);
    const started = (await calls()).filter(({ event }) => event === 'start');
    expect(started.map(({ verb, selectors }) => [verb, ...selectors])).toEqual([
      ['diff', 'prod/credential-audit'],
    ]);
  });

  it('destroys one in the stage that is named, and only where that is asked or said', async () => {
    deployStage(aws.account, join(workspace.root, 'infra/cdk.out'), 'dev');
    const destroy = (...args: readonly string[]) =>
      exec('nx', ['destroy', 'credential-audit', ...args]);
    expect((await destroy()).status).not.toBe(0);
    const unasked = await destroy('--stage=dev');
    expect(unasked.stdout + unasked.stderr).toContain('pass --yes');
    expect(unasked.status).not.toBe(0);
    expect(await calls()).toEqual([]);
    const { status, stdout } = await destroy('--stage=dev', '--yes');
    expect(status === 0 ? '' : stdout).toBe('');
    const started = (await calls()).filter(({ event }) => event === 'start');
    expect(started).toMatchObject([{ verb: 'destroy', selectors: ['dev/credential-audit'] }]);
  });
});

async function touch(file: string): Promise<void> {
  await appendFile(join(workspace.root, file), '\n// changed\n');
}

async function restore(): Promise<void> {
  await workspace.exec('git', ['checkout', '-q', '--', '.']);
  await workspace.exec('git', ['clean', '-fdq']);
}

const synth = () => workspace.exec('nx', ['run-many', '--targets=synth', '--projects=infra']);
const deploy = (args: readonly string[], env?: Readonly<Record<string, string>>) =>
  exec('harmony', ['deploy', '--stage=prod', ...args], env);
const plan = (...args: readonly string[]) => exec('harmony', ['deploy-plan', ...args]);
const sinceBase = () => [`--base=${base}`, '--base-assembly=.nx/base.out'];

describe('a change of one child, of the lock file and of the documentation', () => {
  const definition = 'apps/tag-compliance/workflow.asl.yaml';

  beforeAll(async () => {
    const file = join(workspace.root, definition);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/^StartAt:/m, 'Version: "1.0"\nStartAt:'));
    await touch('README.md');
  });
  afterAll(async () => {
    await restore();
    await synth();
  });

  it('is synthesised once and deployed by Nx, with what uses it and nothing else', async () => {
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
  });

  it('is planned by the assembly of a commit, which is synthesised for it', async () => {
    const { status, stdout, stderr } = await plan(`--base=${base}`, '--json');
    expect(status === 0 ? '' : stderr).toBe('');
    const { against, stages } = JSON.parse(stdout) as {
      readonly against: string;
      readonly stages: readonly {
        readonly stage: string;
        readonly waves: readonly (readonly { readonly name: string }[])[];
      }[];
    };
    expect(against).toBe(`commit ${base.slice(0, 12)}`);
    expect(
      stages.map(({ stage, waves }) => [stage, waves.map((wave) => wave.map(({ name }) => name))]),
    ).toEqual(['dev', 'prod'].map((stage) => [stage, [['tag-compliance']]]));
    const trees = await workspace.exec('git', ['worktree', 'list']);
    expect(trees.stdout.trim().split('\n')).toHaveLength(1);
  });

  it('plans that child alone, whatever else it touches, and says in what it differs and why', async () => {
    await appendFile(join(workspace.root, 'package-lock.json'), '\n');
    const { status, stdout } = await plan(...sinceBase(), '--stage=prod');
    expect(status).toBe(0);
    expect(stdout).toBe(
      [
        'prod: 1 of 6 stacks differs from .nx/base.out',
        '  wave 1',
        '    prod/tag-compliance',
        '      changed: AWS::StepFunctions::StateMachine WorkflowStateMachine5A4E94A4',
        `      ${definition} → tag-compliance`,
        '      package-lock.json → tag-compliance',
        '',
      ]
        .join('\n')
        .replace(/WorkflowStateMachine\w+/, /WorkflowStateMachine\w+/.exec(stdout)?.[0] ?? ''),
    );
  });

  it('is shown as Markdown', async () => {
    const { stdout } = await plan(...sinceBase(), '--markdown');
    expect(stdout).toContain('| 1 | `prod/tag-compliance` |');
  });

  it('is deployed alone', async () => {
    const { status, stdout } = await deploy(sinceBase());
    expect(stdout).toContain('deployed     prod/tag-compliance');
    expect(status).toBe(0);
    expect(await deployed()).toEqual(['prod/tag-compliance']);
  });
});

describe('harmony deploy', () => {
  it('deploys everything where asked for it: what is shared, the children, then the orchestrators', async () => {
    expect((await deploy(['--all'])).status).toBe(0);
    const events = (await calls()).map(({ event, selectors }) => `${event} ${selectors.join()}`);
    const children = ['billing-alerts', 'credential-audit', 'tag-compliance'];
    expect(events.slice(0, 2)).toEqual(['start prod/shared', 'end prod/shared']);
    expect(new Set(events.slice(2, 8))).toEqual(
      new Set(children.flatMap((name) => [`start prod/${name}`, `end prod/${name}`])),
    );
    expect(new Set(events.slice(8))).toEqual(
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
        'prod/shared',
        'prod/tag-compliance',
      ]),
    );
    expect(stdout).toMatch(/failed +prod\/billing-alerts: cdk ended with status 1/);
    expect(stdout).toMatch(/blocked +prod\/account-review: billing-alerts, which it uses/);
  });

  it('does nothing where nothing is to be done, and says so', async () => {
    const { status, stdout } = await deploy(sinceBase());
    expect(status).toBe(0);
    expect(stdout).toContain('prod: none of 6 stacks differs');
    expect(stdout).toContain('Nothing was deployed');
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
      [['--base=nowhere'], "nowhere isn't a commit"],
      [['--all', '--stage=prd'], 'Stages: dev, prod'],
      [['--all', '--concurrency=0'], 'whole number from 1'],
      [['--all', `--base=${base}`], 'cannot be used with'],
      [['--deployed', `--base=${base}`], 'give one'],
      [['--base-assembly=nowhere'], 'nowhere'],
    ] as const) {
      const { status, stderr } = await deploy(args);
      expect(stderr).toContain(message);
      expect(status).toBe(2);
    }
    expect((await plan()).stderr).toContain('what should it be compared with?');
    expect(await calls()).toEqual([]);
  });
});
