import type { Budget } from '@harmony/orchestration/budget';

/** One orchestrator of one stage. */
export interface OrchestratorBudget extends Budget {
  readonly stage: string;
  readonly orchestrator: string;
}
