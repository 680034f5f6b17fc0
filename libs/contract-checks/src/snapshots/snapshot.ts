import type { SentTarget } from '@harmony/assembly';
import type { ContractDocument } from '@harmony/contract';
import { parseSnapshot, snapshotText } from '@harmony/contract/snapshot';
import { ContractChecksError } from '../errors.ts';
import type { ContractPlace } from './places.ts';

/** A contract as one commit, or the working tree, has it. */
export interface Snapshot extends ContractPlace {
  readonly document: ContractDocument;
  /** What an orchestration sends to whom; empty for a child. */
  readonly targets: readonly SentTarget[];
}

/** The text of a snapshot file. */
export function textOfSnapshot({
  document,
  targets,
}: Pick<Snapshot, 'document' | 'targets'>): string {
  const text = snapshotText(document);
  if (targets.length === 0) return text;
  return `${JSON.stringify({ ...(JSON.parse(text) as object), targets: targets.map(sentTarget) }, null, 2)}\n`;
}

/** Of a rendered target what decides whether its child accepts it; how it is run may change freely. */
export function sentTarget({
  id,
  child,
  configuration,
  dependsOn,
  references,
  provides,
}: SentTarget): SentTarget {
  return {
    ...{ id, child, configuration },
    ...(dependsOn === undefined ? {} : { dependsOn }),
    ...(references === undefined ? {} : { references }),
    ...(provides === undefined ? {} : { provides }),
  };
}

/**
 * Reads a snapshot file.
 * @param where as a message names it
 * @throws {ContractChecksError} `SNAPSHOT_INVALID`
 */
export function readSnapshot(place: ContractPlace, text: string, where: string): Snapshot {
  const document = parseSnapshot(text);
  const targets = document && targetsIn(text);
  if (document && targets) {
    if (place.kind === 'orchestration' || targets.length === 0)
      return { ...place, document, targets };
  }
  throw new ContractChecksError(
    'SNAPSHOT_INVALID',
    `${where} isn't a contract snapshot: write it anew with \`npx harmony contracts snapshot\`.`,
  );
}

function targetsIn(text: string): SentTarget[] | undefined {
  const { targets = [] } = JSON.parse(text) as { readonly targets?: unknown };
  return Array.isArray(targets) && targets.every(isSentTarget) ? targets : undefined;
}

function isSentTarget(value: unknown): value is SentTarget {
  if (typeof value !== 'object' || value === null) return false;
  const {
    id,
    child,
    dependsOn = [],
    references = [],
    provides = [],
  } = value as Partial<SentTarget>;
  return (
    typeof id === 'string' &&
    typeof child === 'string' &&
    'configuration' in value &&
    [...list(dependsOn), ...list(provides)].every((each) => typeof each === 'string') &&
    list(references).every(isReference)
  );
}

/** What is no list fails every test of an item. */
function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [undefined];
}

function isReference(value: unknown): boolean {
  const { at, target, from } = (value ?? {}) as Record<string, unknown>;
  return [at, target, from].every((each) => typeof each === 'string');
}
