import type { Environment } from '@harmony/assembly';
import { ContractChecksError } from '../errors.ts';
import type { Deployed, DeployedSource } from './records.ts';

/**
 * What a stage runs, from AWS: the records from SSM, the schemas from S3, the executions in flight
 * from Step Functions. Credentials, and what the stage leaves open, come from this process's
 * environment, as everywhere in the SDK; `AWS_ENDPOINT_URL` leads elsewhere.
 *
 * Needs ssm:GetParametersByPath on /harmony/<stage>, s3:GetObject on the asset bucket, and
 * states:ListExecutions, DescribeExecution and DescribeStateMachineForExecution on the orchestrators.
 *
 * @param environment of the stage. Another account holds no records of it, which would permit
 *   everything: credentials of one are refused as `OTHER_ACCOUNT`. A region that is named is used.
 */
export function awsSource(environment: Environment = {}): DeployedSource {
  return { read: (stage) => readStage(stage, environment) };
}

async function readStage(stage: string, environment: Environment): Promise<Deployed> {
  try {
    const { readFromAws } = await import('./read-from-aws.ts');
    return await readFromAws(stage, environment);
  } catch (error) {
    if (error instanceof ContractChecksError) throw error;
    const { name, message } = error as Error;
    throw new ContractChecksError(
      'AWS_UNREACHABLE',
      `What is deployed cannot be read from AWS (${name}: ${message}). Check credentials and region, or name a folder with the records by --records.`,
      { cause: error },
    );
  }
}
