import { DeployError } from './errors.ts';

/** One run of `harmony deploy` on a stage, from CI or from a laptop. */
export interface Deployment {
  /** The commit of the working tree, or the one that the assembly was said to be made of. */
  readonly commit: string;
  /** Whether files differed from that commit. */
  readonly modified: boolean;
  /** When it ended, in ISO 8601. */
  readonly at: string;
  /** The CI's run, or the user's name. */
  readonly by: string;
  readonly outcome: 'succeeded' | 'failed';
}

/** What a stage remembers of its deployments. */
export interface DeploymentLog {
  readonly last: Deployment;
  /** The last one that deployed all that it planned, by the time it did. */
  readonly succeeded?: Deployment;
}

/** The log after one more deployment. */
export function logged(log: DeploymentLog | undefined, deployment: Deployment): DeploymentLog {
  const succeeded = deployment.outcome === 'succeeded' ? deployment : log?.succeeded;
  return { last: deployment, ...(succeeded === undefined ? {} : { succeeded }) };
}

/** @throws DeployError `LOG_INVALID` */
export function parseDeploymentLog(text: string, where: string): DeploymentLog {
  try {
    const { last, succeeded } = JSON.parse(text) as Partial<DeploymentLog>;
    if (isDeployment(last) && (succeeded === undefined || isDeployment(succeeded))) {
      return { last, ...(succeeded === undefined ? {} : { succeeded }) };
    }
  } catch {
    // Told below.
  }
  throw new DeployError(
    'LOG_INVALID',
    `${where} isn't a valid record of a deployment ({ last, succeeded } with commit, modified, at, by, outcome): delete that parameter; the next deployment writes it.`,
  );
}

function isDeployment(value: unknown): value is Deployment {
  const { commit, modified, at, by, outcome } = (value ?? {}) as Partial<Deployment>;
  return (
    [commit, at, by].every((each) => typeof each === 'string') &&
    typeof modified === 'boolean' &&
    (outcome === 'succeeded' || outcome === 'failed')
  );
}
