import { resolve } from 'node:path';
import { readStacks, type StackFiles } from '@harmony/assembly';
import {
  baseAssembly,
  changesSince,
  commitOf,
  type Comparison,
  contentOf,
  DeployError,
  type DeploymentLog,
  readProjectGraph,
  shortName,
  type StackContent,
  type StageAccount,
  type StageStacks,
} from '@harmony/deploy';
import type { Io } from '../io.ts';
import type { PlanFlags } from './options.ts';

export interface CompareOptions {
  readonly flags: PlanFlags;
  readonly io: Io;
  readonly root: string;
  readonly stages: readonly StageStacks[];
  readonly accountOf: (stage: string) => StageAccount;
}

export interface Compared {
  readonly since?: Comparison;
  readonly log?: DeploymentLog;
}

/** Reads what the assembly is compared with: what the stages run, an assembly, or that of a commit. */
export async function compare(options: CompareOptions): Promise<Compared> {
  const { flags, io, root } = options;
  if (flags.deployed === true) return compareDeployed(options);
  if (flags.baseAssembly !== undefined) {
    const stages = byStage(await readStacks(resolve(io.cwd, flags.baseAssembly)));
    const files = flags.base === undefined ? undefined : await filesSince(flags.base, flags, root);
    return { since: { against: flags.baseAssembly, stages, ...(files && { files }) } };
  }
  const commit = await commitOf(flags.base ?? '', root);
  const graph = await readProjectGraph(root);
  const app = graph.projects.find(({ name }) => name === graph.app);
  await using base = await baseAssembly({ commit, root, app: app?.root ?? 'infra' });
  const stages = byStage(await readStacks(base.dir));
  const changes = await changesSince(commit, root, flags.commit);
  return {
    since: {
      against: `commit ${commit.slice(0, 12)}`,
      stages,
      files: { base: commit, changes, graph },
    },
  };
}

async function compareDeployed({
  flags,
  root,
  stages,
  accountOf,
}: CompareOptions): Promise<Compared> {
  const found = await Promise.all(
    stages.map(async ({ name, stacks }) => {
      const account = accountOf(name);
      const names = new Map(stacks.map((stack) => [stack.name, stack.stackName]));
      const [there, log] = await Promise.all([account.stacks(names), account.log()]);
      return { name, there, log };
    }),
  );
  const [first] = found;
  const log = found.length === 1 ? first?.log : undefined;
  const base = log?.succeeded?.commit;
  // Only the reason why needs the commit: without it, what differs is known as well.
  const files = base === undefined ? undefined : await filesSince(base, flags, root, true);
  return {
    since: {
      against: `what ${found.map(({ name }) => name).join(' and ')} ${found.length === 1 ? 'runs' : 'run'}`,
      stages: new Map(found.map(({ name, there }) => [name, there])),
      ...(files && { files }),
    },
    ...(log && { log }),
  };
}

/** @param mayLack whether a commit that this clone doesn't have explains nothing, rather than fail */
async function filesSince(
  ref: string,
  flags: PlanFlags,
  root: string,
  mayLack = false,
): Promise<Comparison['files']> {
  try {
    const base = await commitOf(ref, root);
    const changes = await changesSince(base, root, flags.commit);
    return { base, changes, graph: await readProjectGraph(root) };
  } catch (error) {
    const isLacking =
      error instanceof DeployError && ['BASE_UNKNOWN', 'NOT_A_REPOSITORY'].includes(error.code);
    if (mayLack && isLacking) return undefined;
    throw error;
  }
}

function byStage(files: readonly StackFiles[]): Comparison['stages'] {
  const stages = new Map<string, Map<string, StackContent>>();
  for (const file of files) {
    const stage = stages.get(file.stage) ?? new Map<string, StackContent>();
    stages.set(file.stage, stage.set(shortName(file.name, file.stage), contentOf(file)));
  }
  return stages;
}
