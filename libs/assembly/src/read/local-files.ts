import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** What a template refers to that lies on this machine. */
export interface LocalFiles {
  /**
   * Where something lies that a deployment uploads.
   * @param reference as it stands in the template, resolved: the key of an object in S3, its URL, or
   *   the path that a template has before it is packaged
   * @returns an absolute path; undefined for what is not here
   */
  find(reference: string): string | undefined;
}

/** Assets of a cloud assembly. @param assets absolute paths by the S3 key a template names them with */
export function assetFiles(assets: ReadonlyMap<string, string>): LocalFiles {
  // The key of an asset of its own is its hash; a URL ends in it.
  return { find: (reference) => assets.get(reference) ?? assets.get(lastPart(reference)) };
}

/** Files that a template names before it is packaged, by their paths from its own folder. */
export function folderFiles(folder: string): LocalFiles {
  return {
    find(reference) {
      if (/^[a-z0-9]+:\/\//i.test(reference)) return undefined;
      const path = resolve(folder, reference);
      return existsSync(path) ? path : undefined;
    },
  };
}

function lastPart(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
