import type { Environment } from '@harmony/assembly';
import type { StackContent } from './content.ts';
import type { DeploymentLog } from './deployment-log.ts';
import { DeployError } from './errors.ts';

/** What a stage runs, in its account: CloudFormation's stacks and the log of deployments. */
export interface StageAccount {
  /** @throws DeployError `OTHER_ACCOUNT`, as all that follows does. */
  refuseOther(): Promise<void>;
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
 * there". Nor is another account, which is asked for where the stage names its own.
 *
 * @param environment what the stage names; what it leaves open is the process's
 */
export function stageInAws(stage: string, environment: Environment = {}): StageAccount {
  const { account, region } = environment;
  let isOwn: Promise<void> | undefined;
  const refuseOther = (): Promise<void> =>
    (isOwn ??=
      account === undefined
        ? Promise.resolve()
        : asked(async () =>
            (await import('./aws/own-account.ts')).refuseOtherAccount(stage, environment),
          ));
  const askOwn = <T>(work: () => Promise<T>): Promise<T> =>
    asked(async () => {
      await refuseOther();
      return work();
    });
  return {
    refuseOther,
    stacks: (names) =>
      askOwn(async () => {
        const { readDeployedStacks } = await import('./aws/deployed-stacks.ts');
        return readDeployedStacks(stage, names, region);
      }),
    log: () => askOwn(async () => (await import('./aws/deployment-log.ts')).readLog(stage, region)),
    writeLog: (log) =>
      askOwn(async () => (await import('./aws/deployment-log.ts')).writeLog(stage, region, log)),
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
