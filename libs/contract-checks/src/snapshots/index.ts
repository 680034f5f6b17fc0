export { type CommitState, readCommit } from './commit.ts';
export { childPlace, type ContractKind, type ContractPlace, orchestrationPlace } from './places.ts';
export { readSnapshot, type Snapshot, textOfSnapshot } from './snapshot.ts';
export { staleSnapshots, type Written, writeSnapshot } from './source.ts';
export type { WorkspaceState } from './state.ts';
export { contractPlaces, readWorkingTree } from './working-tree.ts';
