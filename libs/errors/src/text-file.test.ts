import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTextFile, readTextIfThere } from './text-file.ts';

let folder: string;
const read = (file: string) => readTextFile(join(folder, file), file);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmony-text-'));
  await writeFile(join(folder, 'text'), 'straße 🦆');
  await writeFile(join(folder, 'bom'), '\uFEFF{}');
  await writeFile(join(folder, 'utf16'), '\uFEFF{}', 'utf16le');
  await writeFile(join(folder, 'large'), '');
  await truncate(join(folder, 'large'), 16 * 1024 * 1024 + 1);
  await writeFile(join(folder, 'fits'), '');
  await truncate(join(folder, 'fits'), 16 * 1024 * 1024);
  await symlink('loop', join(folder, 'loop'));
  await symlink('/dev/zero', join(folder, 'zero'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
});
afterAll(() => rm(folder, { recursive: true }));

describe('a file of a workspace', () => {
  it.each([
    ['text', 'straße 🦆'],
    ['bom', '{}'],
  ])('%s is read as UTF-8, without its byte-order mark', async (file, text) => {
    expect(await read(file)).toBe(text);
  });

  it('that may be missing is told from one that cannot be read', async () => {
    expect(await readTextIfThere(join(folder, 'gone'))).toBeUndefined();
    await expect(readTextIfThere(join(folder, 'pipe'))).rejects.toThrow('plain file');
  });

  it('of 16 MiB is still read', async () => {
    expect((await read('fits'))?.length).toBe(16 * 1024 * 1024);
  });

  it.each([
    ['.', '. cannot be read: it is a folder (EISDIR).'],
    ['gone', 'gone cannot be read: there is no such file (ENOENT).'],
    ['text/a', "text/a cannot be read: a part of its path isn't a folder (ENOTDIR)."],
    ['loop', 'loop cannot be read: its symbolic links lead in a circle (ELOOP).'],
    ['pipe', "pipe cannot be read: it isn't a plain file."],
    ['zero', "zero cannot be read: it isn't a plain file."],
    ['utf16', "utf16 isn't UTF-8 text: save it as UTF-8."],
    ['large', 'large is larger than 16 MiB, more than harmony reads.'],
    [
      'a\0b',
      'a\0b cannot be read: its name is none that the system takes (ERR_INVALID_ARG_VALUE).',
    ],
    ['n'.repeat(300), 'its name is longer than the system takes (ENAMETOOLONG).'],
  ])('and cannot be read, as %s, is told in one message', async (file, message) => {
    await expect(read(file)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining(message) as string,
    });
  });
});
