import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ContractDocument } from '@harmony/contract';
import { hashJson } from '@harmony/schema';
import { deployedDocument, type Orchestration } from '@harmony/orchestration';
import { isHarmonyError } from '@harmony/errors';
import { readTextIfThere } from '@harmony/errors/text-file';
import { writeWhole } from '@harmony/local/files';
import { ContractChecksError } from '../errors.ts';
import type { ContractPlace } from './places.ts';
import { sentTarget, type Snapshot, textOfSnapshot } from './snapshot.ts';

/** What became of one snapshot. */
export interface Written {
  readonly file: string;
  readonly status: 'written' | 'unchanged' | 'differs';
}

/**
 * Writes the snapshot of a contract from its source, which is executed.
 * @param check only say whether the snapshot is what the source says
 * @throws {ContractChecksError} `CONTRACT_NOT_FOUND`, `CONTRACT_INVALID`
 */
export async function writeSnapshot(
  root: string,
  place: ContractPlace,
  check: boolean,
): Promise<Written> {
  const file = join(root, place.snapshot);
  const text = textOfSnapshot(await loadContract(root, place));
  const current = await readTextIfThere(file);
  if (current === text) return { file: place.snapshot, status: 'unchanged' };
  if (check) return { file: place.snapshot, status: 'differs' };
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, text);
  return { file: place.snapshot, status: 'written' };
}

/** What a contract's own source says, which is executed. */
async function loadContract(
  root: string,
  place: ContractPlace,
): Promise<Pick<Snapshot, 'document' | 'targets'>> {
  const { kind, source } = place;
  const exported = Object.values(await load(root, source));
  const found = exported.flatMap((value) => {
    const { document, targets } = (value ?? {}) as Partial<Orchestration & Exported>;
    if (typeof document?.hash !== 'string') return [];
    if (kind === 'child') return targets === undefined ? [{ document, targets: [] }] : [];
    if (!Array.isArray(targets)) return [];
    return [orchestrationSnapshot(value as Orchestration)];
  });
  const [only] = found;
  if (only && found.length === 1) return only;
  const what =
    kind === 'child'
      ? 'a contract library exports exactly one, made by defineContract'
      : 'a file there exports exactly one orchestration, made by defineOrchestration';
  const message = `${source} exports ${found.length === 0 ? 'no contract' : `${found.length} contracts`}; ${what}.`;
  throw new ContractChecksError('CONTRACT_NOT_FOUND', message);
}

interface Exported {
  readonly document: ContractDocument;
}

/**
 * Runs the workspace's own source, from which anything may be thrown: it is the team's code that is
 * at fault then, be it a contract that cannot be defined or a slip of the pen.
 */
async function load(root: string, source: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(join(root, source)).href)) as Record<string, unknown>;
  } catch (error) {
    if ((await readTextIfThere(join(root, source))) === undefined) {
      throw new ContractChecksError('CONTRACT_NOT_FOUND', `${source} doesn't exist.`);
    }
    const reason = isHarmonyError(error)
      ? error.message
      : `it cannot be loaded: ${reasonOf(error)}`;
    throw new ContractChecksError('CONTRACT_INVALID', `${source}: ${reason}`, { cause: error });
  }
}

/** What was thrown, and the place where Node names one: a syntax error's stack starts with it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const place = /^(?:file:\/\/)?(\/.+:\d+)$/m.exec(error.stack ?? '')?.[1];
  const what = `${error.name}: ${error.message}`;
  return place === undefined ? what : `${what} (${place})`;
}

/** Its hash is over what the snapshot holds: how targets are run may change without a new one. */
function orchestrationSnapshot(
  orchestration: Orchestration,
): Pick<Snapshot, 'document' | 'targets'> {
  const { name, payload, configuration, output } = orchestration.document;
  const targets = deployedDocument(orchestration).targets.map(sentTarget);
  const held = { name, payload, configuration, output };
  return { document: { ...held, hash: hashJson({ ...held, targets }) }, targets };
}

/** Contracts whose snapshot no longer says what their source says. */
export async function staleSnapshots(
  root: string,
  places: readonly ContractPlace[],
): Promise<ContractPlace[]> {
  const stale = await Promise.all(
    places.map(async (place) => {
      // A contract may be taken over from elsewhere, as its snapshot alone.
      if (!existsSync(join(root, place.source))) return [];
      return (await writeSnapshot(root, place, true)).status === 'differs' ? [place] : [];
    }),
  );
  return stale.flat();
}
