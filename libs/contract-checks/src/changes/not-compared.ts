import type { CommitState } from '../snapshots/commit.ts';
import type { WorkspaceContract } from './workspace-contract.ts';
import type { ContractPlace } from '../snapshots/places.ts';
import type { WorkspaceState } from '../snapshots/state.ts';

/** The working tree, with what its snapshots are worth. */
export interface HeadState extends WorkspaceState {
  /** Contracts whose snapshot no longer says what their source says. */
  readonly stale: readonly ContractPlace[];
}

/**
 * The contracts that cannot be compared because a snapshot is missing or is not what its source
 * says. None of them may pass for unchanged.
 */
export function notCompared(base: CommitState, head: HeadState): WorkspaceContract[] {
  const write = (place: ContractPlace) =>
    `Write ${place.snapshot} and commit it: npx harmony contracts snapshot ${place.name}`;
  const missing = head.missing.map((place) =>
    unknown(place, `${place.source} has no snapshot ${place.snapshot}`, write(place)),
  );
  const stale = head.stale.map((place) =>
    unknown(place, `${place.snapshot} isn't what ${place.source} says`, write(place)),
  );
  const told = new Set([...head.missing, ...head.stale].map(({ snapshot }) => snapshot));
  // Nothing that defines a contract changed: the snapshot is all that is new.
  const before = base.sourcesUnchanged ? [] : base.missing;
  const unseen = before
    .filter(({ snapshot }) => !told.has(snapshot))
    .map((place) =>
      unknown(
        place,
        `the base has ${place.source} without a snapshot, and sources of contracts changed since`,
        `Commit ${place.snapshot} to the base first, alone: what changes after that can be compared.`,
      ),
    );
  return [...missing, ...stale, ...unseen];
}

function unknown({ name, kind, snapshot }: ContractPlace, reason: string, way: string) {
  return {
    ...{ name, kind, status: 'not compared' as const, file: snapshot, verdict: 'unknown' as const },
    ...{ changes: [], targets: [] },
    note: `${reason}: what changed isn't known`,
    waysOut: [way],
  };
}
