import { changesSince, type DeployPlan, planDeployment, readProjectGraph } from '@harmony/deploy';
import type { Io } from '../io.ts';
import { UsageError } from '../usage-error.ts';
import { openWorkspace } from '../workspace/open.ts';
import { stagesOf } from '../workspace/stage.ts';

export interface PlanFlags {
  readonly base?: string;
  readonly all?: boolean;
  readonly stage?: string;
  readonly assembly?: string;
}

/**
 * Plans the deployment of the assembly that the flags name.
 * @throws UsageError when something they name is not there
 */
export async function makePlan(
  flags: PlanFlags,
  io: Io,
): Promise<{ readonly plan: DeployPlan; readonly assembly: string }> {
  if (flags.base === undefined && flags.all !== true) {
    throw new UsageError(
      'compared with what? Name the commit that is deployed with --base, or take every stack with --all.',
    );
  }
  const { root, assembly } = await openWorkspace(flags.assembly, io);
  const stages = stagesOf(assembly, flags.stage);
  const [graph, since] = await Promise.all([
    readProjectGraph(root),
    flags.base === undefined ? undefined : changesSince(flags.base, root),
  ]);
  const plan = planDeployment({ stages, graph, ...(since === undefined ? {} : { since }) });
  return { plan, assembly: assembly.dir };
}
