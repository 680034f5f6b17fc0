import { mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file whole or not at all: a full disk or an interruption leaves what was there before. A
 * symbolic link is followed, and a pipe or a device written to, never replaced.
 * @throws what the system says, when nothing of the attempt is left
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found !== undefined && !found.isFile()) return writeFile(file, content);
  const target = found === undefined ? file : await realpath(file);
  const beside = `${target}.${process.pid}.partial`;
  await mkdir(dirname(target), { recursive: true });
  try {
    await writeFile(beside, content);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
