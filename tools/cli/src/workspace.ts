import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AssemblyError, readAssembly } from '@harmony/assembly';
import type { Assembly } from '@harmony/assembly';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';

export interface Workspace {
  /** Absolute: the folder with nx.json; where there is none above, the current one. */
  readonly root: string;
  readonly assembly: Assembly;
}

/**
 * Finds the workspace and reads its assembly.
 * @param dir as the user wrote it, relative to where they are
 * @throws UsageError when there is none, or it cannot be read
 */
export async function openWorkspace(dir: string | undefined, io: Io): Promise<Workspace> {
  const found = findUp(io.cwd, 'nx.json');
  if (found === undefined && dir === undefined) {
    throw new UsageError(
      `no Harmony workspace here: ${io.cwd} is not below a folder with nx.json. Go to the workspace, or name an assembly with --assembly.`,
    );
  }
  const root = found ?? io.cwd;
  const folder = dir === undefined ? join(root, 'infra', 'cdk.out') : resolve(io.cwd, dir);
  try {
    return { root, assembly: await readAssembly(folder) };
  } catch (error) {
    if (!(error instanceof AssemblyError)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
}

/** The nearest folder, here or above, that holds `file`. */
export function findUp(from: string, file: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, file))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
