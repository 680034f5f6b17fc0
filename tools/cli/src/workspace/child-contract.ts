import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { ContractDocument } from '@harmony/contract';
import type { Finding } from '@harmony/contract-checks/finding';
import { childPlace, readSnapshot } from '@harmony/contract-checks/snapshots';
import { readTextIfThere } from '@harmony/errors/text-file';
import { UsageError } from '../usage-error.ts';

/** What a child's definition is held against, or why it cannot be. */
export type ChildContract = { readonly contract: ContractDocument } | { readonly lost: Finding };

/** A child's definition in the workspace. */
export interface ChildDefinition {
  /** From the workspace's root: `apps/billing-alerts/workflow.asl.yaml`. */
  readonly file: string;
  readonly held: ChildContract;
}

const DEFINITIONS = ['workflow.asl.yaml', 'workflow.asl.json'];

/**
 * A child's definition, from the workspace's root, by its folder's name; in YAML or in JSON.
 * @throws UsageError where it has both: synth would refuse it too
 */
export function definitionFile(root: string, name: string): string | undefined {
  const [file, other] = DEFINITIONS.map((each) => `apps/${name}/${each}`).filter((each) =>
    existsSync(join(root, each)),
  );
  if (other === undefined) return file;
  throw new UsageError(
    `apps/${name} holds both ${DEFINITIONS.join(' and ')}: keep the one you mean and remove the other.`,
  );
}

/**
 * Finds a child by its folder's name.
 * @throws UsageError where it has no definition, or no contract library
 */
export async function childDefinition(root: string, name: string): Promise<ChildDefinition> {
  const file = definitionFile(root, name);
  if (file === undefined) {
    throw new UsageError(
      `no child workflow ${name}: apps/${name}/${DEFINITIONS.join(' or ')} doesn't exist.`,
    );
  }
  const held = await contractOf(join(root, file), root);
  if (held) return { file, held };
  throw new UsageError(`${name} has no contract library libs/contracts/${name}.`);
}

/**
 * The contract of a child's definition: the snapshot of the library with the name of its folder.
 * Undefined for a file that is no child's, and for a child that has no contract library.
 */
export async function contractOf(
  path: string,
  root: string | undefined,
): Promise<ChildContract | undefined> {
  const folder = dirname(resolve(path));
  if (root === undefined || dirname(folder) !== join(root, 'apps')) return undefined;
  if (!DEFINITIONS.includes(basename(path))) return undefined;
  const place = childPlace(basename(folder));
  const text = await readTextIfThere(join(root, place.snapshot));
  if (text !== undefined) {
    return { contract: readSnapshot(place, text, place.snapshot).document };
  }
  if (!existsSync(join(root, dirname(place.snapshot)))) return undefined;
  const lost: Finding = {
    ...{ code: 'SNAPSHOT_MISSING', severity: 'error', path: '', file: place.source },
    message: `the contract of ${place.name} has no snapshot ${place.snapshot}, so its state machine cannot be checked against it`,
    fix: `npx harmony contracts snapshot ${place.name}`,
  };
  return { lost };
}
