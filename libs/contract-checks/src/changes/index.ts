export type {
  AffectedTarget,
  ContractChange,
  ContractDiff,
  ContractPart,
} from './diff-contract.ts';
export type { WorkspaceDiff } from './diff-workspace.ts';
export type { WorkspaceContract } from './workspace-contract.ts';
export { diffWorkspace } from './diff-workspace.ts';
export type { HeadState } from './not-compared.ts';
