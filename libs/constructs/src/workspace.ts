import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { ConstructError } from './errors.ts';

/**
 * `path` relative to the workspace (the nearest folder above it with an nx.json), with forward
 * slashes: the artifact must not depend on where the workspace lies.
 *
 * @throws ConstructError `WORKSPACE_NOT_FOUND`
 */
export function workspaceRelative(path: string): string {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'nx.json'))) return relative(folder, path).split(sep).join('/');
    if (folder === dirname(folder)) {
      throw new ConstructError(
        'WORKSPACE_NOT_FOUND',
        `${path} isn't in a workspace: no folder above it has an nx.json. Keep child workflows under apps/.`,
      );
    }
  }
}
