import type { Change } from './changes.ts';
import { differences, type StackContent } from './content.ts';
import { allUses, wavesOf } from './order.ts';
import type { DeployPlan, PlannedStack, StagePlan } from './plan.ts';
import type { ProjectGraph } from './project-graph.ts';
import { changedContracts, deployable, reasonsFor } from './reasons.ts';
import type { Stack } from './stacks.ts';

/** A stage's stacks, as they would be deployed. */
export interface StageStacks {
  readonly name: string;
  readonly stacks: readonly Stack[];
}

/** What the assembly is compared with. */
export interface Comparison {
  /** For people: `what prod runs`, `commit 0123456789ab`. */
  readonly against: string;
  /** By stage, then by the stack's name in the assembly: what is there. */
  readonly stages: ReadonlyMap<string, ReadonlyMap<string, StackContent>>;
  /** The files that changed since, for the reason why; they decide nothing. */
  readonly files?: {
    readonly base: string;
    readonly changes: readonly Change[];
    readonly graph: ProjectGraph;
  };
}

export interface PlanOptions {
  readonly stages: readonly StageStacks[];
  /** Nothing plans to deploy everything. */
  readonly since?: Comparison;
}

/**
 * Which stacks differ from what is there, in what and why, and in which order they are deployed: each
 * after what it uses, at any depth. A pure function.
 */
export function planDeployment({ stages, since }: PlanOptions): DeployPlan {
  const files = since?.files;
  const changes = files === undefined ? [] : deployable(files.changes, files.graph);
  return {
    ...(since === undefined ? {} : { against: since.against }),
    ...(files === undefined ? {} : { base: files.base }),
    contracts: files === undefined ? [] : changedContracts(changes, files.graph),
    removed: stages.flatMap(({ name, stacks }) => {
      const present = new Set(stacks.map((stack) => stack.name));
      const there = [...(since?.stages.get(name)?.keys() ?? [])];
      return there
        .filter((each) => !present.has(each))
        .map((each) => ({ stage: name, name: each }));
    }),
    stages: stages.map((stage) => planStage(stage, since, changes)),
  };
}

function planStage(
  { name: stage, stacks }: StageStacks,
  since: Comparison | undefined,
  changes: readonly Change[],
): StagePlan {
  const there = since?.stages.get(stage);
  const graph = since?.files?.graph;
  const uses = allUses(stacks);
  const differing = stacks
    .map((stack) => ({
      stack,
      differs: since === undefined ? [] : differences(there?.get(stack.name), stack.content),
    }))
    .filter(({ differs }) => since === undefined || differs.length > 0);
  const names = differing.map(({ stack }) => stack.name);
  const planned = new Map(
    differing.map(({ stack, differs }): [string, PlannedStack] => {
      const { name, selector, kind } = stack;
      const after = names.filter((other) => other !== name && uses.get(name)?.has(other));
      const because = graph === undefined ? [] : reasonsFor(stack, changes, graph);
      return [name, { name, selector, kind, uses: stack.uses, after, differs, because }];
    }),
  );
  return {
    stage,
    waves: wavesOf(names, uses).map((wave) => wave.flatMap((name) => planned.get(name) ?? [])),
    unaffected: stacks.map(({ name }) => name).filter((name) => !planned.has(name)),
  };
}
