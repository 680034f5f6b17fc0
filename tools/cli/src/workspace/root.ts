import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Io } from '../io.ts';
import { UsageError } from '../usage-error.ts';

/** The nearest folder, here or above, with nx.json; undefined where there is none. */
export function findWorkspaceRoot(from: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'nx.json'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/**
 * The workspace that the user is in.
 * @param instead what else the user may do where there is none
 * @throws UsageError where there is none
 */
export function workspaceRoot(io: Io, instead = ''): string {
  const root = findWorkspaceRoot(io.cwd);
  if (root !== undefined) return root;
  throw new UsageError(
    `there is no Harmony workspace here: ${io.cwd} is not below a folder with nx.json. Go to the workspace${instead}.`,
  );
}
