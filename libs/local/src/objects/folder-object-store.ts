import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { ObjectStore, ObjectSummary } from '@harmony/engine';

/**
 * An object store that is a folder: a folder in it per bucket, a file in that per object, named by
 * its key. What a Distributed Map reads (ItemReader) and writes (ResultWriter) locally.
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
      try {
        return await readFile(fileOf(bucket, key));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async putObject(bucket, key, body) {
      const file = fileOf(bucket, key);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, body);
    },
    async listObjects(bucket, prefix) {
      const folder = dirname(fileOf(bucket, 'any'));
      const keys = (await filesBelow(folder))
        .map((file) => relative(folder, file).split(sep).join('/'))
        .filter((key) => key.startsWith(prefix))
        .sort();
      return Promise.all(keys.map((key) => summary(join(folder, key), key)));
    },
  };
}

async function summary(file: string, key: string): Promise<ObjectSummary> {
  const [{ size, mtimeMs }, body] = await Promise.all([stat(file), readFile(file)]);
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  return { key, size, lastModified: mtimeMs, etag };
}

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
