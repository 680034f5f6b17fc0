import type { Tree } from '@nx/devkit';
import { flushChanges, FsTree } from 'nx/src/generators/tree.js';
import type { WorkspaceCopy } from './workspace-copy.ts';

/** What a generator changed: workspace-relative paths, sorted. */
export type Written = readonly string[];

/**
 * Runs a generator on a copy of a workspace and writes what it changed, as `nx g` does, without the
 * seconds that Nx takes to start. Packages that it made are linked.
 */
export async function generate<Options>(
  workspace: WorkspaceCopy,
  generator: (tree: Tree, options: Options) => Promise<unknown>,
  options: Options,
): Promise<Written> {
  const tree = new FsTree(workspace.root, false);
  // A test asks no registry: what is new is linked.
  const afterwards = await generator(tree, { ...options, skipInstall: true });
  const changes = tree.listChanges();
  flushChanges(workspace.root, changes);
  await workspace.link();
  if (typeof afterwards === 'function') await (afterwards as () => unknown)();
  return changes.map(({ path }) => path).sort();
}
