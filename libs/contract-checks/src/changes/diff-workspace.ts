import type { Assembly } from '@harmony/assembly';
import { type Verdict, worst } from '@harmony/schema/compatibility';
import { type ContractDiff, diffContract, type OtherContracts } from './diff-contract.ts';
import type { Snapshot } from './sources.ts';
import { type TargetUse, targetsOf } from './uses.ts';

export interface WorkspaceContract extends ContractDiff {
  readonly status: 'changed' | 'added' | 'removed';
  /** The snapshot's file, from the workspace's root. */
  readonly file: string;
  /** One sentence on the contract as a whole; absent for a plain change. */
  readonly note?: string;
  /** What to do, for a verdict that does not pass. */
  readonly waysOut: readonly string[];
}

export interface WorkspaceDiff {
  readonly verdict: Verdict;
  readonly contracts: readonly WorkspaceContract[];
}

/**
 * Compares all contracts of two states of the workspace.
 * @param assembly of the newer state; without it no target is known and payloads are judged strictly
 */
export function diffWorkspace(
  base: readonly Snapshot[],
  head: readonly Snapshot[],
  assembly?: Assembly,
): WorkspaceDiff {
  const uses = (name: string) => (assembly ? targetsOf(assembly, name) : []);
  const byName = (list: readonly Snapshot[]) =>
    new Map(list.map((each) => [each.document.name, each]));
  const old = byName(base);
  const next = byName(head);
  const others: OtherContracts = {
    base: (name) => old.get(name)?.document,
    head: (name) => next.get(name)?.document,
  };
  const contracts = [
    ...[...old.values()].flatMap((before): WorkspaceContract[] => {
      const after = next.get(before.document.name);
      if (!after) return [removed(before, uses(before.document.name), assembly !== undefined)];
      if (before.document.hash === after.document.hash) return [];
      return [changed(before, after, uses(before.document.name), others, [...next.keys()])];
    }),
    ...[...next.values()].filter(({ document }) => !old.has(document.name)).map(added),
  ];
  return { verdict: worst(contracts), contracts };
}

function changed(
  before: Snapshot,
  after: Snapshot,
  uses: readonly TargetUse[],
  others: OtherContracts,
  names: readonly string[],
): WorkspaceContract {
  const diff = diffContract(before.document, after.document, uses, others);
  const passes = diff.verdict === 'compatible';
  return {
    ...diff,
    status: 'changed',
    file: after.file,
    waysOut: passes ? [] : waysOut(diff, names),
  };
}

function added({ file, document }: Snapshot): WorkspaceContract {
  return {
    name: document.name,
    status: 'added',
    file,
    verdict: 'compatible',
    changes: [],
    targets: [],
    note: 'a new contract: nobody relies on it yet',
    waysOut: [],
  };
}

/** The last step of expand and contract: allowed when no target runs the old version any more. */
function removed(before: Snapshot, uses: readonly TargetUse[], known: boolean): WorkspaceContract {
  const { name } = before.document;
  const targets = uses
    .filter(({ target }) => target.child === name)
    .map(({ stage, orchestrator, target }) => ({
      ...{ stage, orchestrator, id: target.id, verdict: 'breaking' as const },
      path: 'child',
      reason: `runs ${name}, which is gone`,
    }));
  const verdict = targets.length > 0 ? 'breaking' : known ? 'compatible' : 'unknown';
  const note =
    verdict === 'compatible'
      ? 'removed; no target of the workspace runs it'
      : verdict === 'unknown'
        ? 'removed; without an assembly it is not known whether a target runs it'
        : 'removed while targets run it';
  return {
    ...{ name, status: 'removed', file: before.file, verdict, changes: [], targets, note },
    waysOut:
      verdict === 'breaking'
        ? [
            `Keep ${name} until the targets above run another version of it.`,
            `Move them first: point each target at ${nextMajor(name)}, deploy, then remove ${name}.`,
          ]
        : [],
  };
}

function waysOut({ name, changes }: ContractDiff, names: readonly string[]): string[] {
  const next = nextMajor(name);
  const ways: string[] = [];
  const breaking = changes.filter(({ verdict }) => verdict !== 'compatible');
  if (breaking.some(({ rule, part }) => rule === 'required' && part !== 'output')) {
    ways.push(
      'Give the new field a default or make it optional, so that callers may still leave it out.',
    );
  } else if (breaking.some(({ part }) => part === 'output')) {
    ways.push(
      'Keep giving what the old output gave, and add the new beside it in an optional field.',
    );
  } else {
    ways.push(
      'Accept what the old schema accepted as well (a wider bound, a further choice, a union).',
    );
  }
  ways.push(
    names.includes(next)
      ? `Put the change into ${next}, which is there, and leave ${name} as it was: both are served.`
      : `Publish a new major version: copy the contract to libs/contracts/${next} with the name "${next}", leave ${name} as it was, serve both, move the targets, then remove ${name} (docs/contracts.md).`,
  );
  if (breaking.some(({ verdict }) => verdict === 'unknown')) {
    ways.push(
      'Write the schema so that it can be decided (no look-behind, back-reference, not or if).',
    );
  } else
    ways.push(
      'Change the callers first, where all of them are in this workspace, and deploy them before.',
    );
  return ways;
}

/** `billing-alerts` → `billing-alerts-v2` → `billing-alerts-v3`. */
export function nextMajor(name: string): string {
  const [, stem = name, version] = /^(.*)-v(\d+)$/.exec(name) ?? [];
  return `${version === undefined ? name : stem}-v${version === undefined ? 2 : Number(version) + 1}`;
}
