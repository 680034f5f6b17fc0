export type {
  AffectedTarget,
  ContractChange,
  ContractDiff,
  ContractPart,
  OtherContracts,
} from './diff-contract.ts';
export { diffContract } from './diff-contract.ts';
export type { WorkspaceContract, WorkspaceDiff } from './diff-workspace.ts';
export { diffWorkspace, nextMajor } from './diff-workspace.ts';
export type { Snapshot, Written } from './sources.ts';
export { contractFolders, readSnapshots, readSnapshotsAt, writeSnapshot } from './sources.ts';
export type { TargetUse } from './uses.ts';
export { targetsOf } from './uses.ts';
