import type { ExitStatus } from '../../command.ts';
import type { DeployPlanFlags } from './flags.ts';
import type { Io } from '../../io.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { planMarkdown } from './plan-markdown.ts';
import { planText } from '../../plan/plan-text.ts';

/** `harmony deploy-plan`: a plan is shown, not judged, so it succeeds whatever is in it. */
export async function showDeployPlan(flags: DeployPlanFlags, io: Io): Promise<ExitStatus> {
  const { plan } = await makePlan(flags, io);
  const text =
    flags.json === true
      ? `${JSON.stringify(plan, null, 2)}\n`
      : flags.markdown === true
        ? planMarkdown(plan)
        : planText(plan);
  io.stdout.write(text);
  return 0;
}
