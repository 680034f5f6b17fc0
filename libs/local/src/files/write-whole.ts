import { rename, rm, writeFile } from 'node:fs/promises';

/**
 * Writes a file whole or not at all: a full disk or an interruption leaves what was there before.
 * @throws what the system says, when nothing of the attempt is left
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const beside = `${file}.${process.pid}.partial`;
  try {
    await writeFile(beside, content);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
