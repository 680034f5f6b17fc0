import type { PlanFlags } from '../../plan/options.ts';

export interface DeployPlanFlags extends PlanFlags {
  readonly json?: boolean;
  readonly markdown?: boolean;
}
