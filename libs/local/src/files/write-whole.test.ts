import { execFileSync } from 'node:child_process';
import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../testing/functions.ts';
import { writeWhole } from './write-whole.ts';

it('a file is written whole, and the folders above it are made', async () => {
  await using folder = await testFolder();
  await writeWhole(join(folder.path, 'a/b/c'), 'text');
  expect(await readFile(join(folder.path, 'a/b/c'), 'utf8')).toBe('text');
});

it('a link stays a link, and what it leads to is written', async () => {
  await using folder = await testFolder({ real: 'old' });
  const link = join(folder.path, 'link');
  await symlink('real', link);
  await writeWhole(link, 'new');
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  expect(await readFile(join(folder.path, 'real'), 'utf8')).toBe('new');
});

it('a pipe is written to, not replaced', async () => {
  await using folder = await testFolder();
  const pipe = join(folder.path, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const [text] = await Promise.all([readFile(pipe, 'utf8'), writeWhole(pipe, 'through')]);
  expect(text).toBe('through');
  expect((await lstat(pipe)).isFIFO()).toBe(true);
});

it('what cannot be written leaves nothing behind', async () => {
  await using folder = await testFolder({ file: 'kept' });
  await mkdir(join(folder.path, 'folder'));
  await writeFile(join(folder.path, 'folder', 'x'), '');
  await expect(writeWhole(join(folder.path, 'folder'), 'x')).rejects.toThrow('EISDIR');
  await expect(writeWhole(join(folder.path, 'file', 'x'), 'x')).rejects.toThrow();
  await expect(writeWhole(join(folder.path, 'n'.repeat(300)), 'x')).rejects.toThrow();
  expect((await readdir(folder.path)).sort()).toEqual(['file', 'folder']);
});
