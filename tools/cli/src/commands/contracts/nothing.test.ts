import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { call } from '../../testing/call.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'harmony-empty-'));
  await writeFile(join(cwd, 'nx.json'), '{}');
  const git = (...args: string[]) => execFileSync('git', args, { cwd });
  git('init', '--quiet');
  git('add', '.');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '-m', 'one');
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

it.each([
  ['lint', ['lint'], 'there is no child workflow to lint'],
  ['diff', ['diff', '--base', 'HEAD'], 'there is nothing to compare'],
  ['snapshot', ['snapshot', '--check'], 'there is no contract'],
])('a workspace without contracts has nothing that %s could say yes to', async (_, args, says) => {
  const { status, stdout, stderr } = await call(['contracts', ...args], { cwd });
  expect(stderr).toContain(says);
  expect([status, stdout]).toEqual([2, '']);
});
