import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { baseAssembly } from './base-assembly.ts';

// A workspace that needs no registry: its nx is a folder of it, and writes what it was installed as.
let root: string;
let commit: string;

const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
const git = (...args: string[]) =>
  run('git', '-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args);
function write(file: string, content: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
}
/** The workspace with this version of its nx, installed. */
function withNx(version: string): void {
  const nx = `#!/usr/bin/env node
const { mkdirSync, writeFileSync } = require('node:fs');
mkdirSync('infra/cdk.out', { recursive: true });
writeFileSync('infra/cdk.out/manifest.json', ${JSON.stringify(`{"madeBy":"${version}"}`)});
`;
  write('tools/nx/bin.js', nx);
  chmodSync(join(root, 'tools/nx/bin.js'), 0o755);
  write('tools/nx/package.json', JSON.stringify({ name: 'nx', version, bin: { nx: 'bin.js' } }));
  run('npm', 'install', '--offline', '--no-audit', '--no-fund', '--install-links');
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'harmony-base-test-'));
  git('init', '-q', '-b', 'main');
  write('.gitignore', 'node_modules\ncdk.out\n');
  write('.npmrc', 'install-links=true\n');
  write('package.json', JSON.stringify({ name: 'w', devDependencies: { nx: 'file:tools/nx' } }));
  withNx('1.0.0');
  git('add', '-A');
  git('commit', '-qm', 'one');
  commit = git('rev-parse', 'HEAD');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const madeBy = async (at: string): Promise<unknown> => {
  await using base = await baseAssembly({ commit: at, root, app: 'infra' });
  return JSON.parse(readFileSync(join(base.dir, 'manifest.json'), 'utf8'));
};

it('a commit with the same lock file is synthesised with the packages that are installed', async () => {
  // They are linked, not installed: what was changed in them by hand shows.
  const bin = join(root, 'node_modules/nx/bin.js');
  const installed = readFileSync(bin, 'utf8');
  writeFileSync(bin, installed.replace('1.0.0', 'linked'));
  expect(await madeBy(commit)).toEqual({ madeBy: 'linked' });
  writeFileSync(bin, installed);
});

it('a commit with another lock file is synthesised with its own packages, which are installed', async () => {
  withNx('2.0.0');
  expect(await madeBy(commit)).toEqual({ madeBy: '1.0.0' });
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
});

it('packages that cannot be installed are told, with what to do, and nothing is left behind', async () => {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  write('package-lock.json', lock.replaceAll('tools/nx', 'tools/gone'));
  git('add', '-A');
  git('commit', '-qm', 'damaged');
  const damaged = git('rev-parse', 'HEAD');
  write('package-lock.json', lock);
  await expect(madeBy(damaged)).rejects.toMatchObject({
    code: 'BASE_UNSYNTHESISABLE',
    message: expect.stringMatching(/npm[^]*--base-assembly/),
  });
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
  expect(existsSync(join(root, 'node_modules/nx'))).toBe(true);
});
