import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { ContractDocument } from '@harmony/contract';
import { parseSnapshot } from '@harmony/contract/snapshot';
import { UsageError } from '../usage-error.ts';

/** A child's definition in the workspace and its contract's snapshot. */
export interface ChildDefinition {
  readonly name: string;
  /** From the workspace's root: `apps/billing-alerts/workflow.asl.yaml`. */
  readonly file: string;
  readonly contract: ContractDocument;
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
    `apps/${name} holds both ${DEFINITIONS.join(' and ')}: keep the one that is meant, remove the other.`,
  );
}

/**
 * Finds a child by its folder's name.
 * @throws UsageError where it has no definition or no snapshot
 */
export async function childDefinition(root: string, name: string): Promise<ChildDefinition> {
  const file = definitionFile(root, name);
  if (file === undefined) {
    throw new UsageError(
      `no child workflow ${name}: apps/${name}/${DEFINITIONS.join(' or ')} is not there.`,
    );
  }
  const contract = await contractOf(join(root, file), root);
  if (contract) return { name, file, contract };
  throw new UsageError(
    `${name} has no libs/contracts/${name}/contract.json: write it with \`harmony contracts snapshot\`.`,
  );
}

/**
 * The contract of a child's definition: the snapshot of the library with the name of its folder.
 * Undefined for a file that is no child's, or whose contract has no snapshot.
 */
export async function contractOf(
  path: string,
  root: string | undefined,
): Promise<ContractDocument | undefined> {
  const folder = dirname(resolve(path));
  if (root === undefined || dirname(folder) !== join(root, 'apps')) return undefined;
  if (!DEFINITIONS.includes(basename(path))) return undefined;
  const snapshot = join(root, 'libs', 'contracts', basename(folder), 'contract.json');
  const text = await readFile(snapshot, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseSnapshot(text);
}
