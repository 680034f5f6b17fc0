import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { ObjectStore, ObjectSummary } from '@harmony/engine';
import { writeWhole } from '../files/write-whole.ts';

/**
 * An object store that is a folder: a folder in it per bucket, a file in that per object, named by
 * its key. What a Distributed Map reads (ItemReader) and writes (ResultWriter) locally. Nothing that
 * lies elsewhere is read or written, be it by a key that climbs or by a symbolic link.
 * @param root need not exist before something is written
 */
export function folderObjectStore(root: string): ObjectStore {
  const fileOf = (bucket: string, key: string): string => {
    const folder = resolve(root, bucket);
    const file = resolve(folder, key);
    const inside = folder.startsWith(resolve(root) + sep) && file.startsWith(folder + sep);
    if (bucket === '' || !inside) {
      throw new Error(`bucket '${bucket}' and key '${key}' name no file below ${root}`);
    }
    return file;
  };
  return {
    async getObject(bucket, key) {
      const file = fileOf(bucket, key);
      try {
        await refuseOutside(root, file);
        // A pipe has no end, a folder no content.
        return (await stat(file)).isFile() ? await readFile(file) : undefined;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async putObject(bucket, key, body) {
      const file = fileOf(bucket, key);
      await refuseOutside(root, file);
      await mkdir(dirname(file), { recursive: true });
      await writeWhole(file, body);
    },
    async listObjects(bucket, prefix) {
      const folder = dirname(fileOf(bucket, 'any'));
      await refuseOutside(root, folder);
      const keys = (await filesBelow(folder))
        .map((file) => relative(folder, file).split(sep).join('/'))
        .filter((key) => key.startsWith(prefix))
        .sort();
      return Promise.all(keys.map((key) => summary(join(folder, key), key)));
    },
  };
}

/** @throws where the path, or as much of it as there is, lies outside of the root */
async function refuseOutside(root: string, path: string): Promise<void> {
  const [real, realRoot] = await Promise.all([realOf(path), realOf(root)]);
  if (real === realRoot || real.startsWith(realRoot + sep)) return;
  throw new Error(
    `${relative(root, path)} leads out of ${root} by a symbolic link, which a local run does not follow`,
  );
}

/** The path without its links; what is not there yet is taken as it is written. */
async function realOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isMissing(error) || dirname(path) === path) throw error;
    return join(await realOf(dirname(path)), basename(path));
  }
}

async function summary(file: string, key: string): Promise<ObjectSummary> {
  const [{ size, mtimeMs }, body] = await Promise.all([stat(file), readFile(file)]);
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  return { key, size, lastModified: mtimeMs, etag };
}

/** Links are no files here, and folders behind them are not entered. */
async function filesBelow(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}
