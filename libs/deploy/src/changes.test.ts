import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changesSince, commitOf, isAncestor, isModified } from './changes.ts';

let root: string;
let first: string;

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], {
    cwd: root,
    encoding: 'utf8',
  }).trim();

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'harmony-git-'));
  git('init', '-q', '-b', 'main');
  mkdirSync(join(root, 'a b'));
  writeFileSync(join(root, 'a b/kept.ts'), '1\n2\n3\n4\n');
  writeFileSync(join(root, '.gitignore'), 'dist\n');
  git('add', '-A');
  git('commit', '-qm', 'one');
  first = git('rev-parse', 'HEAD');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('what changed since a commit', () => {
  it('nothing, in a clean tree', async () => {
    expect(await changesSince('HEAD', root)).toEqual([]);
    expect(await isModified(root)).toBe(false);
  });

  it('committed, changed, deleted and untracked files, but none that git ignores', async () => {
    writeFileSync(join(root, 'committed.ts'), '');
    git('add', '-A');
    git('commit', '-qm', 'two');
    rmSync(join(root, 'a b/kept.ts'));
    writeFileSync(join(root, 'ünew.ts'), '');
    writeFileSync(join(root, 'dist'), '');
    expect(await changesSince(first, root)).toEqual([
      { file: 'a b/kept.ts', deleted: true },
      { file: 'committed.ts', deleted: false },
      { file: 'ünew.ts', deleted: false },
    ]);
    expect(await isModified(root)).toBe(true);
    expect(await changesSince(first, root, 'HEAD')).toEqual([
      { file: 'committed.ts', deleted: false },
    ]);
  });

  it('a renamed file is gone from one place and new in the other', async () => {
    git('mv', 'a b/kept.ts', 'moved.ts');
    expect(await changesSince('main', root)).toEqual([
      { file: 'a b/kept.ts', deleted: true },
      { file: 'moved.ts', deleted: false },
    ]);
  });

  it('going back to an older commit shows what it takes back', async () => {
    writeFileSync(join(root, 'later.ts'), '');
    git('add', '-A');
    git('commit', '-qm', 'two');
    const later = git('rev-parse', 'HEAD');
    git('checkout', '-q', first);
    expect(await isAncestor(first, later, root)).toBe(true);
    expect(await isAncestor(later, first, root)).toBe(false);
    expect(await isAncestor(first, first, root)).toBe(false);
    for (const lacking of ['0'.repeat(40), 'unknown']) {
      for (const [older, newer] of [
        [first, lacking],
        [lacking, first],
      ] as const) {
        const answer = isAncestor(older, newer, root);
        await expect(answer).rejects.toMatchObject({ code: 'BASE_UNKNOWN' });
      }
    }
    expect(await changesSince(later, root)).toEqual([{ file: 'later.ts', deleted: true }]);
  });

  it('says which base it does not know, and where there is no history at all', async () => {
    await expect(changesSince('nowhere', root)).rejects.toMatchObject({
      code: 'BASE_UNKNOWN',
      message: expect.stringContaining('nowhere'),
    });
    await expect(changesSince('--help', root)).rejects.toMatchObject({ code: 'BASE_UNKNOWN' });
    expect(await commitOf('main', root)).toBe(first);
    rmSync(join(root, '.git'), { recursive: true });
    await expect(changesSince('HEAD', root)).rejects.toMatchObject({ code: 'NOT_A_REPOSITORY' });
  });
});
