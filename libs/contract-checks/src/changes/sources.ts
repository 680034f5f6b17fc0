import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { ContractDocument } from '@harmony/contract';
import { parseSnapshot, snapshotText } from '@harmony/contract/snapshot';
import { isHarmonyError } from '@harmony/errors';
import { ContractChecksError } from '../errors.ts';

const run = promisify(execFile);

/** Where contract libraries lie, from the workspace's root. */
export const CONTRACTS_FOLDER = 'libs/contracts';
const SNAPSHOT = 'contract.json';

/** A contract as one commit, or the working tree, has it. */
export interface Snapshot {
  /** `libs/contracts/billing-alerts/contract.json`, from the workspace's root. */
  readonly file: string;
  readonly document: ContractDocument;
}

/** The snapshots of the working tree, by folder. Folders without one are left out. */
export async function readSnapshots(root: string): Promise<Snapshot[]> {
  const folders = await readdir(join(root, CONTRACTS_FOLDER)).catch(() => []);
  const found = await Promise.all(
    folders.sort().map(async (folder) => {
      const file = `${CONTRACTS_FOLDER}/${folder}/${SNAPSHOT}`;
      const text = await readFile(join(root, file), 'utf8').catch(() => undefined);
      return text === undefined ? [] : [snapshot(file, text)];
    }),
  );
  return found.flat();
}

/**
 * The snapshots of a commit.
 * @param ref a commit as git understands it: `origin/main`, `HEAD~1`
 * @throws {ContractChecksError} `BASE_UNREADABLE` where git does not know it
 */
export async function readSnapshotsAt(root: string, ref: string): Promise<Snapshot[]> {
  const git = async (...args: string[]) => {
    try {
      return (await run('git', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 })).stdout;
    } catch (error) {
      const message = `The base "${ref}" cannot be read by git in ${root}. Name a commit that is here (fetch it first, in CI with fetch-depth: 0).`;
      throw new ContractChecksError('BASE_UNREADABLE', message, { cause: error });
    }
  };
  // `--` would let a ref that starts with a dash through as an option.
  await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
  const listed = await git('ls-tree', '-r', '--name-only', ref, '--', `${CONTRACTS_FOLDER}/`);
  const files = listed.split('\n').filter((file) => file.endsWith(`/${SNAPSHOT}`));
  return Promise.all(
    files.map(async (file) => snapshot(file, await git('show', `${ref}:${file}`))),
  );
}

function snapshot(file: string, text: string): Snapshot {
  const document = parseSnapshot(text);
  if (document) return { file, document };
  throw new ContractChecksError(
    'SNAPSHOT_INVALID',
    `${file} is no contract snapshot: write it anew with \`npx nx contract-snapshot\`.`,
  );
}

/** What became of one snapshot. */
export interface Written {
  readonly file: string;
  readonly status: 'written' | 'unchanged' | 'differs';
}

/**
 * Writes the snapshot of one contract library from its source, which is executed: `src/index.ts`
 * exports the contract.
 * @param folder of the library, from the workspace's root
 * @param check only say whether the snapshot is what the source says
 * @throws {ContractChecksError} `CONTRACT_NOT_FOUND`
 */
export async function writeSnapshot(
  root: string,
  folder: string,
  check: boolean,
): Promise<Written> {
  const file = `${folder}/${SNAPSHOT}`;
  const text = snapshotText(await loadContract(root, folder));
  const current = await readFile(join(root, file), 'utf8').catch(() => undefined);
  if (current === text) return { file, status: 'unchanged' };
  if (check) return { file, status: 'differs' };
  await writeFile(join(root, file), text);
  return { file, status: 'written' };
}

/** Folders of all contract libraries, from the workspace's root. */
export async function contractFolders(root: string): Promise<string[]> {
  const folders = await readdir(join(root, CONTRACTS_FOLDER)).catch(() => []);
  return folders.sort().map((folder) => `${CONTRACTS_FOLDER}/${folder}`);
}

/**
 * Runs the library's own source, from which anything may be thrown: it is the team's code that is at
 * fault then, be it a contract that cannot be defined or a slip of the pen.
 */
async function importContract(root: string, folder: string): Promise<Record<string, unknown>> {
  const file = `${folder}/src/index.ts`;
  const source = join(root, file);
  if (!existsSync(source)) {
    const known = (await contractFolders(root)).join(', ') || 'none';
    throw new ContractChecksError(
      'CONTRACT_NOT_FOUND',
      `there is no contract library ${folder}: ${file} isn't there. Known: ${known}.`,
    );
  }
  try {
    return (await import(pathToFileURL(source).href)) as Record<string, unknown>;
  } catch (error) {
    const reason = isHarmonyError(error)
      ? error.message
      : `it cannot be loaded: ${reasonOf(error)}`;
    throw new ContractChecksError('CONTRACT_INVALID', `${file}: ${reason}`, { cause: error });
  }
}

/** What was thrown, and the place where Node names one: a syntax error's stack starts with it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const place = /^(?:file:\/\/)?(\/.+:\d+)$/m.exec(error.stack ?? '')?.[1];
  const what = `${error.name}: ${error.message}`;
  return place === undefined ? what : `${what} (${place})`;
}

async function loadContract(root: string, folder: string): Promise<ContractDocument> {
  const module = await importContract(root, folder);
  const documents = Object.values(module).flatMap((value) => {
    const document = (value as { readonly document?: ContractDocument } | null)?.document;
    return typeof document?.hash === 'string' ? [document] : [];
  });
  const [document] = documents;
  if (document && documents.length === 1) return document;
  throw new ContractChecksError(
    'CONTRACT_NOT_FOUND',
    `${folder}/src/index.ts exports ${documents.length} contracts; a contract library exports exactly one, made by defineContract.`,
  );
}
