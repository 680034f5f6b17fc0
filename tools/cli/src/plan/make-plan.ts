import { readStacks, type Stage, type StackFiles } from '@harmony/assembly';
import {
  commitOf,
  type DeploymentLog,
  type DeployPlan,
  planDeployment,
  type StageAccount,
  stageInAws,
  stacksOf,
} from '@harmony/deploy';
import type { Io } from '../io.ts';
import { UsageError } from '../usage-error.ts';
import { openWorkspace } from '../workspace/open.ts';
import { stagesOf } from '../workspace/stage.ts';
import { compare } from './compare.ts';
import type { PlanFlags } from './options.ts';
import { placeOf } from './place.ts';

export interface MadePlan {
  readonly plan: DeployPlan;
  /** Absolute: the workspace, and the assembly's folder. */
  readonly root: string;
  readonly assembly: string;
  /** Where a stage runs. */
  readonly accountOf: (stage: string) => StageAccount;
  /** What the stage says of its deployments; only where it was asked what it runs. */
  readonly log?: DeploymentLog;
}

/**
 * Plans the deployment of the assembly that the flags name.
 * @throws UsageError when something they name is not there, or nothing is
 */
export async function makePlan(flags: PlanFlags, io: Io): Promise<MadePlan> {
  if (
    flags.deployed !== true &&
    flags.all !== true &&
    (flags.base ?? flags.baseAssembly) === undefined
  ) {
    throw new UsageError(
      'what should it be compared with? Give --deployed for what the stage runs, --base for a commit, --base-assembly for an assembly, or --all for every stack.',
    );
  }
  if (flags.deployed === true && flags.base !== undefined) {
    throw new UsageError(
      '--deployed and --base name two things to compare with: give one. What the stage runs is what a deployment starts from; a commit is what a pull request starts from.',
    );
  }
  const { root, assembly } = await openWorkspace(flags.assembly, io);
  const files = await readStacks(assembly.dir);
  const stages = stagesOf(assembly, flags.stage).map((stage) => stageStacks(stage, files));
  for (const { name, stacks } of stages.length > 0 ? stages : [{ name: '', stacks: [] }]) {
    if (stacks.length > 0) continue;
    throw new UsageError(
      `${assembly.dir} holds no stack${name === '' ? '' : ` of ${name}`}, so there is nothing to plan: synthesise it with  npx nx synth infra`,
    );
  }
  const accountOf = (name: string): StageAccount => stageInAws(name, placeOf(name, files));
  if (flags.commit !== undefined) await commitOf(flags.commit, root);
  const compared = flags.all === true ? {} : await compare({ flags, io, root, stages, accountOf });
  const { since, log } = compared;
  return {
    plan: planDeployment({ stages, ...(since === undefined ? {} : { since }) }),
    ...{ root, assembly: assembly.dir, accountOf },
    ...(log === undefined ? {} : { log }),
  };
}

function stageStacks(stage: Stage, files: readonly StackFiles[]) {
  return { name: stage.name, stacks: stacksOf(stage, files) };
}
