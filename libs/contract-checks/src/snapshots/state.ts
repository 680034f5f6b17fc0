import { ContractChecksError } from '../errors.ts';
import type { ContractPlace } from './places.ts';
import type { Snapshot } from './snapshot.ts';

/** The contracts of a workspace, of children and orchestrations, as one commit or the working tree has them. */
export interface WorkspaceState {
  readonly contracts: readonly Snapshot[];
  /** Contracts without a snapshot: what they say isn't known, so no comparison may pass them over. */
  readonly missing: readonly ContractPlace[];
}

/** @throws {ContractChecksError} `SNAPSHOT_INVALID` where two snapshots are of one contract */
export function workspaceState(found: readonly (Snapshot | ContractPlace)[]): WorkspaceState {
  const contracts = found.filter((each): each is Snapshot => 'document' in each);
  const byName = new Map<string, Snapshot>();
  for (const contract of contracts) {
    const { name } = contract.document;
    const other = byName.get(name);
    if (other) {
      throw new ContractChecksError(
        'SNAPSHOT_INVALID',
        `${other.snapshot} and ${contract.snapshot} are both of a contract "${name}": give one of them another name.`,
      );
    }
    byName.set(name, contract);
  }
  return { contracts, missing: found.filter((each) => !('document' in each)) };
}

/** Without a snapshot, is there a contract? Files that only serve orchestrations need none. */
export function definesContract({ kind }: ContractPlace, source: string | undefined): boolean {
  return kind === 'child' || source?.includes('defineOrchestration') === true;
}
