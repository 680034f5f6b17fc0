import type { StackContent } from './content.ts';
import type { DeploymentLog } from './deployment-log.ts';
import { DeployError } from './errors.ts';

/** What a stage runs, in its account: CloudFormation's stacks and the log of deployments. */
export interface StageAccount {
  /** By the name in the assembly; @see readDeployedStacks */
  stacks(names: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, StackContent>>;
  log(): Promise<DeploymentLog | undefined>;
  writeLog(log: DeploymentLog): Promise<void>;
}

/**
 * A stage in AWS. Account and credentials come from the environment, as everywhere in the SDK;
 * `AWS_ENDPOINT_URL` leads elsewhere. Needs cloudformation:DescribeStacks and GetTemplate, and
 * ssm:GetParametersByPath, GetParameter and PutParameter on /harmony/<stage>.
 *
 * Every method throws DeployError `AWS_UNREACHABLE` when AWS doesn't answer: that is not "nothing is
 * there".
 *
 * @param region where the stage names one; otherwise the environment's
 */
export function stageInAws(stage: string, region: string | undefined): StageAccount {
  return {
    stacks: (names) =>
      asked(async () => {
        const { readDeployedStacks } = await import('./aws/deployed-stacks.ts');
        return readDeployedStacks(stage, names, region);
      }),
    log: () => asked(async () => (await import('./aws/deployment-log.ts')).readLog(stage, region)),
    writeLog: (log) =>
      asked(async () => (await import('./aws/deployment-log.ts')).writeLog(stage, region, log)),
  };
}

/** @throws DeployError `AWS_UNREACHABLE` */
export async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DeployError) throw error;
    const { name, message } = error as Error;
    throw new DeployError(
      'AWS_UNREACHABLE',
      `AWS doesn't say what is deployed (${name}: ${message}). Check credentials and region.`,
      { cause: error },
    );
  }
}
