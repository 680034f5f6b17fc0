import { matchesGlob } from 'node:path/posix';
import type { Change } from './changes.ts';
import type { ChangedContract, Reason } from './plan.ts';
import { ownerOf, pathBetween, type Project, type ProjectGraph } from './project-graph.ts';
import type { Stack } from './stacks.ts';

/** The changes of files that can reach the assembly. */
export function deployable(changes: readonly Change[], graph: ProjectGraph): readonly Change[] {
  return changes.filter(({ file }) => mayBeDeployed(file, graph));
}

/** A file in no project may still be read by one: the lock file, the bundler. */
function mayBeDeployed(file: string, graph: ProjectGraph): boolean {
  if (isGlobal(file) || graph.projects.some((project) => reads(project, file))) return true;
  const root = ownerOf(file, graph)?.root;
  return root !== undefined && matchesAll(file, graph.deployable, root);
}

function matchesAll(file: string, globs: readonly string[], root: string): boolean {
  const expanded = globs.map((glob) => glob.replace('{projectRoot}', root));
  return (
    expanded.some((glob) => !glob.startsWith('!') && matchesGlob(file, glob)) &&
    !expanded.some((glob) => glob.startsWith('!') && matchesGlob(file, glob.slice(1)))
  );
}

/** Files at the root that decide what every bundle and every template is made with. */
function isGlobal(file: string): boolean {
  return ['package.json', 'package-lock.json', 'nx.json', 'tsconfig.base.json'].includes(file);
}

function reads({ alsoReads }: Project, file: string): boolean {
  return matchesAll(file, alsoReads, '');
}

/** The changed files that reach a stack through the project graph, one way for each. */
export function reasonsFor(
  stack: Pick<Stack, 'kind' | 'name' | 'uses'>,
  changes: readonly Change[],
  graph: ProjectGraph,
): Reason[] {
  const paths =
    stack.kind === 'child'
      ? (file: string) => pathToChild(stack.name, file, graph)
      : (file: string) => pathToOrchestrator(stack, file, graph);
  return changes.flatMap(({ file }) => {
    const path = paths(file);
    return path === undefined ? [] : [{ file, path }];
  });
}

function pathToChild(child: string, file: string, graph: ProjectGraph) {
  const own = graph.projects.find(({ name }) => name === child);
  if (isGlobal(file)) return [child];
  if (own !== undefined && reads(own, file)) return [child];
  const owner = ownerOf(file, graph);
  if (owner === undefined) return undefined;
  // The app puts the child into its stack: names, stage settings, tags.
  if (owner.name === graph.app) {
    const only = stackOf(file, owner);
    return only === undefined || only === child ? [graph.app, child] : undefined;
  }
  return pathBetween(owner.name, child, graph);
}

function pathToOrchestrator(
  { name, uses }: Pick<Stack, 'name' | 'uses'>,
  file: string,
  graph: ProjectGraph,
) {
  const app = graph.projects.find((project) => project.name === graph.app);
  if (isGlobal(file) || (app !== undefined && reads(app, file))) return [graph.app];
  const owner = ownerOf(file, graph);
  if (owner?.name === graph.app) {
    const only = stackOf(file, owner);
    return only === undefined || only === name ? [graph.app] : undefined;
  }
  // Through a child that it starts …
  for (const child of uses) {
    const path = pathToChild(child, file, graph);
    if (path !== undefined) return [...path, graph.app];
  }
  // … or past all children, through what the app itself is made with.
  if (owner === undefined) return undefined;
  const isOfChild = ({ tags }: Project) => tags.some((tag) => tag.startsWith('child:'));
  return pathBetween(owner.name, graph.app, graph, isOfChild);
}

/** `src/stacks/account-review.ts` and `src/orchestrations/account-review.ts` make that stack and no other. */
function stackOf(file: string, app: Project): string | undefined {
  return /^src\/(?:orchestrations|stacks)\/([^/]+)\.ts$/.exec(file.slice(app.root.length + 1))?.[1];
}

/** The contracts whose own files are among the changed ones. */
export function changedContracts(
  changes: readonly Change[],
  graph: ProjectGraph,
): ChangedContract[] {
  const files = new Map<string, string[]>();
  for (const { file } of changes) {
    const tags = ownerOf(file, graph)?.tags ?? [];
    if (!tags.includes('scope:child-contract')) continue;
    const name = tags.find((tag) => tag.startsWith('child:'))?.slice('child:'.length);
    if (name !== undefined) files.set(name, [...(files.get(name) ?? []), file]);
  }
  return Array.from(files, ([name, changed]) => ({ name, files: changed })).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}
