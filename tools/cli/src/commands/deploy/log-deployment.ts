import { userInfo } from 'node:os';
import { commitOf, DeployError, isModified, logged } from '@harmony/deploy';
import { isHarmonyError } from '@harmony/errors';
import type { Io } from '../../io.ts';
import type { MadePlan } from '../../plan/make-plan.ts';

/** What a deployment is of. */
export interface DeployedCommit {
  readonly commit: string;
  readonly modified: boolean;
}

/** The commit that the flags name, or the one that is checked out and whether files differ from it. */
export async function deployedCommit(
  named: string | undefined,
  root: string,
): Promise<DeployedCommit> {
  if (named !== undefined) return { commit: await commitOf(named, root), modified: false };
  try {
    return { commit: await commitOf('HEAD', root), modified: await isModified(root) };
  } catch (error) {
    if (error instanceof DeployError) return { commit: 'unknown', modified: true };
    throw error;
  }
}

export interface LogOptions {
  readonly made: MadePlan;
  readonly stage: string;
  readonly commit: DeployedCommit;
  readonly isDone: boolean;
  readonly io: Io;
}

/**
 * Leaves a record of the deployment with the stage, whoever made it. What is deployed is known
 * without it, so that it can't be written is told, and fails nothing.
 */
export async function logDeployment({
  made,
  stage,
  commit,
  isDone,
  io,
}: LogOptions): Promise<void> {
  const account = made.accountOf(stage);
  try {
    const log = made.log ?? (await account.log());
    const outcome = isDone ? 'succeeded' : 'failed';
    const at = new Date().toISOString();
    await account.writeLog(logged(log, { ...commit, at, by: whoDeploys(io), outcome }));
  } catch (error) {
    if (!isHarmonyError(error)) throw error;
    io.stderr.write(`harmony: this deployment isn't in the log of ${stage}: ${error.message}\n`);
  }
}

/** The run of GitHub's or GitLab's CI, or the user. */
function whoDeploys({ env }: Io): string {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, CI_PIPELINE_URL } = env;
  if (GITHUB_RUN_ID !== undefined) {
    return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  }
  return CI_PIPELINE_URL ?? userInfo().username;
}
