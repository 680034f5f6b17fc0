import type { ContractDiff } from './diff-contract.ts';
import type { ContractKind } from '../snapshots/places.ts';

/** What to do about a change that does not pass, the best first. */
export function waysOut(
  { name, changes }: ContractDiff,
  kind: ContractKind,
  names: readonly string[],
): string[] {
  const breaking = changes.filter(({ verdict }) => verdict !== 'compatible');
  const isUndecided = breaking.some(({ verdict }) => verdict === 'unknown');
  return [
    expand(breaking),
    contract(name, kind, names),
    isUndecided
      ? 'Write the schema so that it can be decided (no look-behind, back-reference, not or if).'
      : 'Change the callers first, and deploy them before: what they send on the base is what counts.',
  ];
}

function expand(breaking: ContractDiff['changes']): string {
  if (breaking.some(({ rule, part }) => rule === 'required' && part !== 'output')) {
    return 'Give the new field a default or make it optional, so that callers may still leave it out.';
  }
  return breaking.some(({ part }) => part === 'output')
    ? 'Keep giving what the old output gave, and add the new beside it in an optional field.'
    : 'Accept what the old schema accepted as well (a wider bound, a further choice, a union).';
}

function contract(name: string, kind: ContractKind, names: readonly string[]): string {
  const next = nextMajor(name);
  if (names.includes(next)) {
    return `Put the change into ${next}, which is there, and leave ${name} as it was: both are served.`;
  }
  return kind === 'orchestration'
    ? `Define ${next} beside it (infra/src/orchestrations/${next}.ts), leave ${name} as it was, move what triggers it, then remove ${name}.`
    : `Publish a new major version: copy the contract to libs/contracts/${next} with the name "${next}", leave ${name} as it was, serve both, move the targets, then remove ${name} (docs/contracts.md).`;
}

/** `billing-alerts` → `billing-alerts-v2` → `billing-alerts-v3`. */
export function nextMajor(name: string): string {
  const [, stem = name, version] = /^(.*)-v(\d+)$/.exec(name) ?? [];
  return `${version === undefined ? name : stem}-v${version === undefined ? 2 : Number(version) + 1}`;
}
