import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { snapshotText } from '@harmony/contract/snapshot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundle, bundle } from '../../../testing/bundle.ts';
import { pond, testWorkspace } from '../../../testing/workspace.ts';

let shipped: Bundle;
let repository: string;
const place = 'services/farm';
const snapshot = () => join(repository, place, 'libs/contracts/pond/contract.json');
const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd: repository,
  });

beforeAll(async () => {
  [shipped, repository] = await Promise.all([bundle(), mkdtemp(join(tmpdir(), 'harmony-diff-'))]);
  await using workspace = await testWorkspace();
  await workspace.write('libs/contracts/pond/contract.json', snapshotText(pond.document));
  await cp(workspace.root, join(repository, place), { recursive: true });
  git('init', '--quiet');
  git('add', `${place}/libs`, `${place}/infra/contracts`);
  git('commit', '--quiet', '-m', 'base');
});
afterAll(() => Promise.all([shipped[Symbol.asyncDispose](), rm(repository, { recursive: true })]));

describe('contracts diff of the bundle, in a workspace in a subfolder of its repository', () => {
  const diff = (folder: string, base = 'HEAD') =>
    shipped.start(['contracts', 'diff', '--base', base], { cwd: join(repository, folder) }).ended;

  it.each([place, `${place}/apps/greenhouse`])('finds no change from %s', async (folder) => {
    const { status, stdout, stderr } = await diff(folder);
    expect({ status, stdout, stderr }).toEqual({
      ...{ status: 0, stdout: 'No contract changed.\n', stderr: '' },
    });
  });

  it('finds the change of a contract, and refuses it', async () => {
    const { document } = pond;
    const configuration = { type: 'object', properties: { note: { enum: ['dry'] } } };
    await writeFile(snapshot(), snapshotText({ ...document, configuration, hash: 'another' }));
    try {
      const { status, stdout } = await diff(place);
      expect(stdout).toContain('pond');
      expect(stdout).toContain('breaking');
      expect(status).toBe(1);
    } finally {
      await writeFile(snapshot(), snapshotText(document));
    }
  });

  it('refuses a base that git does not know', async () => {
    const { status, stderr } = await diff(place, 'nowhere');
    expect(stderr).toContain('The base "nowhere"');
    expect(status).toBe(2);
  });
});
