import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ContractChecksError } from '../errors.ts';
import { CONTRACT_FOLDERS, type ContractPlace, placesIn } from './places.ts';
import { readSnapshot, type Snapshot } from './snapshot.ts';
import { definesContract, type WorkspaceState, workspaceState } from './state.ts';

const run = promisify(execFile);
const MAX_OUTPUT = 64 * 1024 * 1024;

/** The state of a commit, and whether what defines its contracts is still as it was there. */
export interface CommitState extends WorkspaceState {
  /** No source in the contracts' folders differs from the working tree's: no contract can have changed. */
  readonly sourcesUnchanged: boolean;
}

/**
 * The snapshots of a commit. Paths are the workspace's own, wherever in the repository it lies.
 * @param ref a commit as git understands it: `origin/main`, `HEAD~1`
 * @throws {ContractChecksError} `BASE_UNREADABLE` where git does not know it, `SNAPSHOT_INVALID`
 */
export async function readCommit(root: string, ref: string): Promise<CommitState> {
  const git = async (...args: string[]) => {
    try {
      return (await run('git', args, { cwd: root, maxBuffer: MAX_OUTPUT })).stdout;
    } catch (error) {
      const message = `The base "${ref}" cannot be read by git in ${root}. Name a commit that is here (fetch it first, in CI with fetch-depth: 0).`;
      throw new ContractChecksError('BASE_UNREADABLE', message, { cause: error });
    }
  };
  // What git is told to be a commit: a ref that starts with a dash would pass for an option.
  const verified = await git(
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${ref}^{commit}`,
  );
  const commit = verified.trim();
  const listed = await git('ls-tree', '-r', '-z', '--name-only', commit, '--', ...CONTRACT_FOLDERS);
  const files = new Set(listed.split('\0').filter((file) => file !== ''));
  const textOf = async (file: string) =>
    files.has(file) ? await git('show', `${commit}:./${file}`) : undefined;
  const found = await Promise.all(
    placesIn([...files]).map(async (place): Promise<(Snapshot | ContractPlace)[]> => {
      const text = await textOf(place.snapshot);
      if (text !== undefined) return [readSnapshot(place, text, `${place.snapshot} of ${ref}`)];
      return definesContract(place, await textOf(place.source)) ? [place] : [];
    }),
  );
  const sources = CONTRACT_FOLDERS.map((folder) => `:(glob)${folder}/**/*.ts`);
  const differing = await git('diff', '--name-only', commit, '--', ...sources);
  const untracked = await git('ls-files', '--others', '--exclude-standard', '--', ...sources);
  return {
    ...workspaceState(found.flat()),
    sourcesUnchanged: differing.trim() === '' && untracked.trim() === '',
  };
}
