/** Codes never change; a report or a pipeline may branch on them. */
export type ProblemCode =
  | 'TARGETS_UNREADABLE'
  | 'CHILD_MISSING'
  | 'CHILD_MISMATCH'
  | 'CONTRACT_MISSING'
  | 'CONFIGURATION'
  | 'PAYLOAD'
  | 'TIMEOUT'
  | 'CONDITION'
  | 'DELAY'
  | 'ORDER'
  | 'REFERENCE'
  | 'RETRY'
  | 'PERMISSION_MISSING'
  | 'PERMISSION_EXCESSIVE';

/** One reason why a run of an orchestrator would go wrong, or could do more than it should. */
export interface ContractProblem {
  readonly code: ProblemCode;
  readonly stage: string;
  /** The orchestration's name, without the stage prefix. */
  readonly orchestrator: string;
  /** The target's id; absent where the whole orchestrator is concerned. */
  readonly target?: string;
  /** `configuration.thresholds[1]`, `payload.account`, `stateMachineArn`, `role`. */
  readonly path: string;
  readonly reason: string;
}

/** A problem without the place that its finder's caller knows. */
export type Finding = Pick<ContractProblem, 'code' | 'path' | 'reason'>;

/** A problem as one line of text: stage, orchestrator, target, path, reason. */
export function problemLine(problem: ContractProblem): string {
  const where = [problem.stage, problem.orchestrator, problem.target].filter(Boolean).join(' › ');
  return `${where} › ${problem.path}: ${problem.reason}`.replaceAll(/\s*\n\s*/g, ' ');
}
