import type { RuleCode } from '@harmony/artifact/rules';
import type { Finding } from '../finding.ts';

/** Codes never change; a report or a pipeline may branch on them. */
export type ContractCode =
  | RuleCode
  | 'DEFINITION_UNREADABLE'
  | 'CHILD_MISSING'
  | 'CHILD_MISMATCH'
  | 'CONTRACT_MISSING'
  | 'PAYLOAD'
  | 'PERMISSION_MISSING'
  | 'PERMISSION_EXCESSIVE';

/** One reason why a run of an orchestrator would go wrong, or could do more than it should. */
export interface ContractFinding extends Finding<ContractCode> {
  readonly stage: string;
  /** The orchestration's name, without the stage prefix. */
  readonly orchestrator: string;
  /** The target's id; absent where the whole orchestrator is concerned. */
  readonly target?: string;
  /** `configuration.thresholds[1]`, `payload.account`, `role`: the last part of `path`. */
  readonly field: string;
}

/** A finding without the place that its finder's caller knows. */
export interface Found {
  readonly code: ContractCode;
  readonly path: string;
  readonly reason: string;
}

/** Where an orchestrator, or one of its targets, stands. */
export type Place = Pick<ContractFinding, 'stage' | 'orchestrator' | 'target'>;

export function findingAt(place: Place, { code, path: field, reason }: Found): ContractFinding {
  const { stage, orchestrator, target } = place;
  const path = [stage, orchestrator, target, field].filter((part) => part !== undefined);
  return { ...place, field, code, severity: 'error', path: path.join(' › '), message: reason };
}
