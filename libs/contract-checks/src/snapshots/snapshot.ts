import { ArtifactError, readSentTargets, type SentTarget } from '@harmony/artifact';
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

function targetsIn(text: string): readonly SentTarget[] | undefined {
  const { targets = [] } = JSON.parse(text) as { readonly targets?: unknown };
  try {
    return readSentTargets(targets, 'targets');
  } catch (error) {
    if (error instanceof ArtifactError) return undefined;
    throw error;
  }
}
