import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Io } from '../io.ts';
import { readText, textOf } from './read-text.ts';

let cwd: string;
const read = (file: string): Promise<string> => readText(file, 'the input', { cwd } as Io);

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'harmony-cli-read-'));
  await writeFile(join(cwd, 'text'), 'straße 🦆');
  await writeFile(join(cwd, 'utf16'), '\uFEFF{}', 'utf16le');
  await symlink('loop', join(cwd, 'loop'));
});
afterAll(() => rm(cwd, { recursive: true }));

describe('a file that the user named', () => {
  it('is read as UTF-8', async () => {
    expect(await read('text')).toBe('straße 🦆');
  });

  it('may be a pipe', async () => {
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    execFile('/bin/sh', ['-c', 'printf abc > pipe'], { cwd });
    expect(await read('pipe')).toBe('abc');
  });

  it.each([
    ['gone', 'the input gone cannot be read: there is no such file (ENOENT).'],
    ['.', 'the input . cannot be read: it is a folder (EISDIR).'],
    ['text/a', "a part of its path isn't a folder (ENOTDIR)."],
    ['loop', 'its symbolic links lead in a circle (ELOOP).'],
    ['utf16', "the input utf16 isn't UTF-8 text: save it as UTF-8."],
    ['/dev/zero', 'the input /dev/zero is larger than 16 MiB, more than harmony reads.'],
  ])('and cannot be read, as %s, is told in one message', async (file, message) => {
    await expect(read(file)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining(message) as string,
    });
  });
});

describe('standard input', () => {
  it('that never ends is read no further than its limit', async () => {
    let sent = 0;
    const endless = new Readable({
      read() {
        sent++;
        this.push(Buffer.alloc(1024 * 1024, 'y'));
      },
    });
    await expect(textOf(() => endless, 'standard input')).rejects.toThrow(
      'standard input is larger than 16 MiB',
    );
    expect(sent).toBeLessThan(40);
  });
});
