import { type Verdict, worst } from '@harmony/schema/compatibility';
import type { CommitState } from '../snapshots/commit.ts';
import { type Callers, type ContractDiff, diffContract } from './diff-contract.ts';
import { type HeadState, notCompared } from './not-compared.ts';
import type { Snapshot } from '../snapshots/snapshot.ts';
import { type TargetUse, targetsOf } from './uses.ts';
import type { WorkspaceContract } from './workspace-contract.ts';
import { nextMajor, waysOut } from './ways-out.ts';

export interface WorkspaceDiff {
  readonly verdict: Verdict;
  readonly contracts: readonly WorkspaceContract[];
}

/**
 * Compares all contracts of the working tree, of children and of orchestrations, with those of a
 * commit. What is in use is what the commit's orchestrations send: in the working tree a caller
 * changes together with what it calls, but they are not deployed together.
 */
export function diffWorkspace(base: CommitState, head: HeadState): WorkspaceDiff {
  const byName = (list: readonly Snapshot[]) =>
    new Map(list.map((each) => [each.document.name, each]));
  const old = byName(base.contracts);
  const next = byName(head.contracts);
  const callersOf = (name: string): Callers => ({
    uses: targetsOf(base.contracts, name),
    incomplete: base.missing.some(({ kind }) => kind === 'orchestration'),
    base: (each) => old.get(each)?.document,
    head: (each) => next.get(each)?.document,
  });
  const lost = notCompared(base, head);
  const unseen = new Set([...head.missing, ...base.missing].map(({ snapshot }) => snapshot));
  const contracts = [
    ...lost,
    ...[...old.values()].flatMap((before): WorkspaceContract[] => {
      const { name } = before.document;
      const after = next.get(name);
      if (after) return changed(before, after, callersOf(name), [...next.keys()]);
      return unseen.has(before.snapshot) ? [] : [removed(before, callersOf(name))];
    }),
    ...[...next.values()]
      .filter(({ document, snapshot }) => !old.has(document.name) && !unseen.has(snapshot))
      .map(added),
  ];
  return { verdict: worst(contracts), contracts };
}

function changed(
  before: Snapshot,
  after: Snapshot,
  callers: Callers,
  names: readonly string[],
): WorkspaceContract[] {
  const { kind, snapshot: file } = after;
  const diff = diffContract(before, after, callers);
  if (diff.changes.length === 0 && diff.targets.length === 0) return [];
  const passes = diff.verdict === 'compatible';
  const ways = passes ? [] : waysOut(diff, kind, names);
  return [{ ...diff, kind, status: 'changed', file, waysOut: ways }];
}

function added({ kind, snapshot: file, document: { name } }: Snapshot): WorkspaceContract {
  return {
    ...{ name, kind, status: 'added', file, verdict: 'compatible', changes: [], targets: [] },
    note: 'a new contract: nobody relies on it yet',
    waysOut: [],
  };
}

/** The last step of expand and contract: allowed when no target runs the old version any more. */
function removed(before: Snapshot, { uses, incomplete = false }: Callers): WorkspaceContract {
  const { name } = before.document;
  const targets = runningTargets(name, uses);
  const verdict = targets.length > 0 ? 'breaking' : incomplete ? 'unknown' : 'compatible';
  const notes = {
    compatible: 'removed; no target of the base runs it',
    unknown:
      'removed; an orchestration of the base has no snapshot, so whether it runs this is not known',
    breaking: 'removed while targets of the base run it',
  } as const;
  return {
    ...{ name, kind: before.kind, status: 'removed', file: before.snapshot, verdict },
    ...{ changes: [], targets, note: notes[verdict] },
    waysOut:
      verdict === 'breaking'
        ? [
            `Keep ${name} until the targets above run another version of it.`,
            `Move them first: point each target at ${nextMajor(name)}, deploy, then remove ${name}.`,
          ]
        : [],
  };
}

function runningTargets(name: string, uses: readonly TargetUse[]): ContractDiff['targets'] {
  return uses
    .filter(({ target }) => target.child === name)
    .map(({ orchestrator, target }) => ({
      ...{ orchestrator, id: target.id, verdict: 'breaking' as const },
      path: 'child',
      reason: `runs ${name}, which is gone`,
    }));
}
