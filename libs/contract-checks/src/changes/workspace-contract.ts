import type { ContractKind } from '../snapshots/places.ts';
import type { ContractDiff } from './diff-contract.ts';

/** What became of one contract between two states of the workspace. */
export interface WorkspaceContract extends ContractDiff {
  readonly kind: ContractKind;
  readonly status: 'changed' | 'added' | 'removed' | 'not compared';
  /** The snapshot's file, from the workspace's root. */
  readonly file: string;
  /** One sentence on the contract as a whole; absent for a plain change. */
  readonly note?: string;
  /** What to do, for a verdict that does not pass. */
  readonly waysOut: readonly string[];
}
