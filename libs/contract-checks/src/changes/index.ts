export type {
  AffectedTarget,
  ContractChange,
  ContractDiff,
  ContractPart,
} from './diff-contract.ts';
export type { WorkspaceContract, WorkspaceDiff } from './diff-workspace.ts';
export { diffWorkspace } from './diff-workspace.ts';
export type { HeadState } from './not-compared.ts';
