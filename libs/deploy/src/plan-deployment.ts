import { matchesGlob } from 'node:path/posix';
import type { Stage } from '@harmony/assembly';
import type { ChangedContract, DeployPlan, PlannedStack, Reason, RemovedStack } from './plan.ts';
import { ownerOf, pathBetween, type Project, type ProjectGraph } from './project-graph.ts';
import { type Stack, stacksOf } from './stacks.ts';

/** A file that differs from the base. */
export interface Change {
  readonly file: string;
  readonly deleted: boolean;
}

export interface PlanOptions {
  readonly stages: readonly Stage[];
  readonly graph: ProjectGraph;
  /** What changed, and since when; nothing plans to deploy everything. */
  readonly since?: { readonly base: string; readonly changes: readonly Change[] };
}

/**
 * Which stacks a change affects, why, and in which order they are deployed. A pure function. In doubt
 * a stack is affected: CloudFormation changes nothing where its template is the same.
 */
export function planDeployment({ stages, graph, since }: PlanOptions): DeployPlan {
  const changes = (since?.changes ?? []).filter(({ file }) => mayBeDeployed(file, graph));
  return {
    ...(since === undefined ? {} : { base: since.base }),
    contracts: changedContracts(changes, graph),
    removed: removedStacks(since?.changes ?? [], stages),
    stages: stages.map((stage) => {
      const stacks = stacksOf(stage);
      const planned = stacks
        .map((stack): PlannedStack => ({ ...stack, because: reasons(stack, changes, graph) }))
        .filter(({ because }) => since === undefined || because.length > 0);
      const names = new Set(planned.map(({ name }) => name));
      return {
        stage: stage.name,
        waves: (['shared', 'child', 'orchestrator'] as const)
          .map((kind) => planned.filter((stack) => stack.kind === kind))
          .filter((wave) => wave.length > 0),
        unaffected: stacks.map(({ name }) => name).filter((name) => !names.has(name)),
      };
    }),
  };
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

function reasons(stack: Stack, changes: readonly Change[], graph: ProjectGraph): Reason[] {
  const paths = (file: string) =>
    stack.kind === 'child'
      ? pathToChild(stack.name, file, graph)
      : // What is shared starts nothing: like an orchestrator without children.
        pathToOrchestrator(stack, file, graph);
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
    return orchestrationOf(file, owner) === undefined ? [graph.app, child] : undefined;
  }
  return pathBetween(owner.name, child, graph);
}

function pathToOrchestrator({ name, uses }: Stack, file: string, graph: ProjectGraph) {
  const app = graph.projects.find((project) => project.name === graph.app);
  if (isGlobal(file) || (app !== undefined && reads(app, file))) return [graph.app];
  const owner = ownerOf(file, graph);
  if (owner?.name === graph.app) {
    const orchestration = orchestrationOf(file, owner);
    return orchestration === undefined || orchestration === name ? [graph.app] : undefined;
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

/** `src/orchestrations/account-review.ts` makes the stack `account-review` and no other. */
function orchestrationOf(file: string, app: Project): string | undefined {
  return /^src\/orchestrations\/([^/]+)\.ts$/.exec(file.slice(app.root.length + 1))?.[1];
}

function changedContracts(changes: readonly Change[], graph: ProjectGraph): ChangedContract[] {
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

const definition =
  /^(?:.*\/)?(?:([^/]+)\/workflow\.asl\.(?:yaml|json)|src\/orchestrations\/([^/]+)\.ts)$/;

function removedStacks(changes: readonly Change[], stages: readonly Stage[]): RemovedStack[] {
  const present = new Set(stages.flatMap((stage) => stacksOf(stage).map(({ name }) => name)));
  return changes.flatMap(({ file, deleted }) => {
    const match = deleted && !file.endsWith('.test.ts') ? definition.exec(file) : null;
    const name = match?.[1] ?? match?.[2];
    return name === undefined || present.has(name) ? [] : [{ name, file }];
  });
}
