import { execFileSync } from 'node:child_process';
import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baseAssembly } from './base-assembly.ts';

const manifest = { name: 'nx', version: '1.0.0', bin: { nx: 'nx.mjs' } };
/** A workspace whose only package is its `nx`, so that npm asks no registry: it copies `sources`. */
const files: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'workspace', workspaces: ['packages/*'] }),
  'package-lock.json': JSON.stringify({
    name: 'workspace',
    lockfileVersion: 3,
    packages: {
      '': { name: 'workspace', workspaces: ['packages/*'] },
      'node_modules/nx': { resolved: 'packages/nx', link: true },
      'packages/nx': manifest,
    },
  }),
  'packages/nx/package.json': JSON.stringify(manifest),
  'packages/nx/nx.mjs': `#!/usr/bin/env node
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
const sources = readFileSync('sources', 'utf8');
if (sources === 'nonsense') throw new Error('nonsense is not defined');
mkdirSync('infra/cdk.out', { recursive: true });
writeFileSync('infra/cdk.out/manifest.json', sources);
`,
  '.gitignore': 'node_modules\ncdk.out\n',
  sources: 'as deployed',
};

let root: string;
const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], {
    cwd: root,
    encoding: 'utf8',
  }).trim();

async function commit(sources: string): Promise<string> {
  await writeFile(join(root, 'sources'), sources);
  git('add', '-A');
  git('commit', '-qm', 'change', '--allow-empty');
  return git('rev-parse', 'HEAD');
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'harmony-base-'));
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  await chmod(join(root, 'packages/nx/nx.mjs'), 0o755);
  await mkdir(join(root, 'node_modules/.bin'), { recursive: true });
  await symlink('../packages/nx', join(root, 'node_modules/nx'));
  await symlink('../nx/nx.mjs', join(root, 'node_modules/.bin/nx'));
  git('init', '-q', '-b', 'main');
});
afterAll(() => rm(root, { recursive: true }));

describe('the assembly of a commit', () => {
  it('is made of what it holds, with the packages that are installed or those of its lock file', async () => {
    const before = await commit('as deployed');
    await commit('as it is now');
    // The second time npm installs them.
    for (const ending of ['', '\n']) {
      await appendFile(join(root, 'package-lock.json'), ending);
      await using base = await baseAssembly({ commit: before, root, app: 'infra' });
      expect(await readFile(join(base.dir, 'manifest.json'), 'utf8')).toBe('as deployed');
    }
    expect(git('worktree', 'list').split('\n')).toHaveLength(1);
  });

  it('that cannot be made is an error, and no empty assembly', async () => {
    const broken = await commit('nonsense');
    await commit('as it is now');
    await expect(baseAssembly({ commit: broken, root, app: 'infra' })).rejects.toMatchObject({
      code: 'BASE_UNSYNTHESISABLE',
      message: expect.stringMatching(
        new RegExp(
          `^The assembly of ${broken.slice(0, 12)} cannot be made.*nonsense is not def`,
          's',
        ),
      ),
    });
    expect(git('worktree', 'list').split('\n')).toHaveLength(1);
  });
});
