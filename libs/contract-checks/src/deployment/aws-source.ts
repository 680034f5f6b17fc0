import { ContractChecksError } from '../errors.ts';
import type { Deployed, DeployedSource } from './records.ts';

/**
 * What a stage runs, from AWS: the records from SSM, the schemas from S3, the executions in flight
 * from Step Functions. Account, region and credentials come from the environment, as everywhere in
 * the SDK; `AWS_ENDPOINT_URL` leads elsewhere.
 *
 * Needs ssm:GetParametersByPath on /harmony/<stage>, s3:GetObject on the asset bucket, and
 * states:ListExecutions, DescribeExecution and DescribeStateMachineForExecution on the orchestrators.
 */
export function awsSource(): DeployedSource {
  return { read: readStage };
}

async function readStage(stage: string): Promise<Deployed> {
  try {
    const { readFromAws } = await import('./read-from-aws.ts');
    return await readFromAws(stage);
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
