import { join, resolve } from 'node:path';
import { readAssembly } from '@harmony/assembly';
import type { Assembly } from '@harmony/assembly';
import type { Io } from '../io.ts';
import { findWorkspaceRoot, workspaceRoot } from './root.ts';

export interface Workspace {
  /** Absolute: the folder with nx.json; where an assembly is named and none is above, the current one. */
  readonly root: string;
  readonly assembly: Assembly;
}

/**
 * Finds the workspace and reads its assembly.
 * @param dir as the user wrote it, relative to where they are
 * @throws UsageError when there is none; AssemblyError when it cannot be read
 */
export async function openWorkspace(dir: string | undefined, io: Io): Promise<Workspace> {
  const root =
    dir === undefined
      ? workspaceRoot(io, ', or name an assembly with --assembly')
      : (findWorkspaceRoot(io.cwd) ?? io.cwd);
  const folder = dir === undefined ? join(root, 'infra', 'cdk.out') : resolve(io.cwd, dir);
  return { root, assembly: await readAssembly(folder) };
}
