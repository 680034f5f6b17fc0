export { type CommitState, readCommit } from './commit.ts';
export type {
  AffectedTarget,
  ContractChange,
  ContractDiff,
  ContractPart,
} from './diff-contract.ts';
export type { WorkspaceContract, WorkspaceDiff } from './diff-workspace.ts';
export { diffWorkspace } from './diff-workspace.ts';
export type { HeadState } from './not-compared.ts';
export { childPlace, orchestrationPlace, type ContractKind, type ContractPlace } from './places.ts';
export { readSnapshot, type Snapshot, textOfSnapshot } from './snapshot.ts';
export { staleSnapshots, type Written, writeSnapshot } from './source.ts';
export type { WorkspaceState } from './state.ts';
export { contractPlaces, readText, readWorkingTree } from './working-tree.ts';
