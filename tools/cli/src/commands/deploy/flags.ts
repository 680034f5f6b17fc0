import type { PlanFlags } from '../../plan/options.ts';

export interface DeployFlags extends PlanFlags {
  readonly stage: string;
  readonly rollback?: boolean;
  readonly concurrency: number;
  readonly json?: boolean;
}
