import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DeployError } from './errors.ts';

const run = promisify(execFile);

/** A file that differs from the base. */
export interface Change {
  readonly file: string;
  readonly deleted: boolean;
}

/** A git repository as plans need it. @throws DeployError `NOT_A_REPOSITORY` */
async function gitOf(root: string) {
  const git = async (...args: string[]): Promise<string> =>
    (await run('git', args, { cwd: root, maxBuffer: 2 ** 28 })).stdout;
  await git('rev-parse', '--git-dir').catch((cause: unknown) => {
    throw new DeployError(
      'NOT_A_REPOSITORY',
      `${root} isn't in a git repository, so nothing can be compared with a commit: deploy with --all.`,
      { cause },
    );
  });
  return git;
}

/** The commit that a name stands for. @throws DeployError `NOT_A_REPOSITORY`, `BASE_UNKNOWN` */
export async function commitOf(name: string, root: string): Promise<string> {
  const git = await gitOf(root);
  return git('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`)
    .then((text) => text.trim())
    .catch((cause: unknown) => {
      throw new DeployError(
        'BASE_UNKNOWN',
        `${name} isn't a commit that this clone has. Fetch it (in CI: fetch-depth 0), or deploy with --all.`,
        { cause },
      );
    });
}

/** Whether files of the workspace differ from the commit that is checked out. */
export async function isModified(root: string): Promise<boolean> {
  const git = await gitOf(root);
  return (await git('status', '--porcelain', '--', '.')).trim() !== '';
}

/**
 * Whether one commit is among the ancestors of another, and is another.
 * @throws DeployError `NOT_A_REPOSITORY`; `BASE_UNKNOWN` for one that the clone lacks, of which nothing can be told
 */
export async function isAncestor(older: string, newer: string, root: string): Promise<boolean> {
  if (older === newer) return false;
  for (const commit of [older, newer]) await commitOf(commit, root);
  const git = await gitOf(root);
  return git('merge-base', '--is-ancestor', older, newer).then(
    () => true,
    (error: { readonly code?: unknown }) => {
      if (error.code === 1) return false;
      throw error;
    },
  );
}

/**
 * What differs between two commits, or between one and the working tree, untracked files included:
 * the tree is what was synthesised. Compared directly, not with a common ancestor, so that going back
 * to an older commit shows what it takes back; for a pull request, `base` is therefore the commit it
 * branched from.
 *
 * @throws DeployError `NOT_A_REPOSITORY`, `BASE_UNKNOWN`
 */
export async function changesSince(
  base: string,
  root: string,
  head?: string,
): Promise<readonly Change[]> {
  const commits = [await commitOf(base, root)];
  if (head !== undefined) commits.push(await commitOf(head, root));
  const git = await gitOf(root);
  // Relative to the workspace, which need not be the repository's root; renames as two changes.
  const diff = await git(
    'diff',
    '--relative',
    '--name-status',
    '--no-renames',
    '-z',
    ...commits,
    '--',
  );
  const untracked =
    head === undefined ? await git('ls-files', '--others', '--exclude-standard', '-z') : '';
  const fields = diff.split('\0').slice(0, -1);
  const changes: Change[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    changes.push({ file: fields[index + 1] ?? '', deleted: fields[index] === 'D' });
  }
  for (const file of untracked.split('\0').slice(0, -1)) changes.push({ file, deleted: false });
  return changes.sort((a, b) => (a.file < b.file ? -1 : 1));
}
