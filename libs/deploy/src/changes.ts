import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DeployError } from './errors.ts';

const run = promisify(execFile);

/** A file that differs from the base. */
export interface Change {
  readonly file: string;
  readonly deleted: boolean;
}

/**
 * What differs between a commit and the working tree, untracked files included: the tree is what was
 * synthesised. Compared directly, not with a common ancestor, so that going back to an older commit
 * shows what it takes back; for a pull request, `base` is therefore the commit it branched from.
 *
 * @throws DeployError `NOT_A_REPOSITORY`, `BASE_UNKNOWN`
 */
export async function changesSince(
  base: string,
  root: string,
): Promise<{ readonly base: string; readonly changes: readonly Change[] }> {
  const git = async (...args: string[]): Promise<string> =>
    (await run('git', args, { cwd: root, maxBuffer: 2 ** 28 })).stdout;
  await git('rev-parse', '--git-dir').catch((cause: unknown) => {
    throw new DeployError(
      'NOT_A_REPOSITORY',
      `${root} is no git repository, so nothing can be compared with ${base}: deploy with --all.`,
      { cause },
    );
  });
  const commit = await git(
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${base}^{commit}`,
  )
    .then((text) => text.trim())
    .catch((cause: unknown) => {
      throw new DeployError(
        'BASE_UNKNOWN',
        `--base ${base} is no commit that this clone has. Fetch it (in CI: fetch-depth 0), or deploy with --all.`,
        { cause },
      );
    });
  // Relative to the workspace, which need not be the repository's root; renames as two changes.
  const diff = await git('diff', '--relative', '--name-status', '--no-renames', '-z', commit, '--');
  const untracked = await git('ls-files', '--others', '--exclude-standard', '-z');
  const fields = diff.split('\0').slice(0, -1);
  const changes: Change[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    changes.push({ file: fields[index + 1] ?? '', deleted: fields[index] === 'D' });
  }
  for (const file of untracked.split('\0').slice(0, -1)) changes.push({ file, deleted: false });
  return { base: commit, changes: changes.sort((a, b) => (a.file < b.file ? -1 : 1)) };
}
