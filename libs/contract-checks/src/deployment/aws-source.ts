import { ContractChecksError } from '../errors.ts';
import { parseChild, parseExecution, parseOrchestrator, parseRecord } from './parse.ts';
import type { DeployedSource, RunningExecution } from './records.ts';

/** Executions in flight that are looked at, of one orchestrator; a check that sees fewer says so. */
const MAX_EXECUTIONS = 1000;

/**
 * What a stage runs, from AWS: the records from SSM, the schemas from S3, the executions in flight
 * from Step Functions. Account, region and credentials come from the environment, as everywhere in
 * the SDK; `AWS_ENDPOINT_URL` leads elsewhere.
 *
 * Needs ssm:GetParametersByPath on /harmony/<stage>, s3:GetObject on the asset bucket, and
 * states:ListExecutions, DescribeExecution and DescribeStateMachineForExecution on the orchestrators.
 */
export function awsSource(): DeployedSource {
  return { read: (stage) => withAws(() => readStage(stage)) };
}

async function readStage(stage: string) {
  // Loaded here: only this check needs the SDK.
  const [{ SSMClient, paginateGetParametersByPath }, { S3Client, GetObjectCommand }] =
    await Promise.all([import('@aws-sdk/client-ssm'), import('@aws-sdk/client-s3')]);
  const ssm = new SSMClient({});
  const s3 = new S3Client({ forcePathStyle: true });
  const path = `/harmony/${stage}`;
  const found: { readonly name: string; readonly value: string }[] = [];
  for await (const page of paginateGetParametersByPath(
    { client: ssm },
    { Path: path, Recursive: true },
  )) {
    for (const { Name: name, Value: value } of page.Parameters ?? []) {
      if (name !== undefined && value !== undefined) found.push({ name, value });
    }
  }
  const records = await Promise.all(
    found.map(async ({ name, value }) => {
      const record = parseRecord(value, name);
      const { bucket, key } = record.schemas;
      const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      const schemas = (await object.Body?.transformToString()) ?? '';
      return { record, schemas, where: `s3://${bucket}/${key}` };
    }),
  );
  const orchestrators = records.filter(({ record }) => record.kind === 'orchestrator');
  const running = await Promise.all(
    orchestrators.map(({ record }) => executionsOf(record.name, record.stateMachineArn)),
  );
  return {
    children: records
      .filter(({ record }) => record.kind === 'child')
      .map(({ record, schemas, where }) => parseChild(record, schemas, where)),
    orchestrators: orchestrators.map(({ record, schemas, where }) =>
      parseOrchestrator(record, schemas, where),
    ),
    running: running.flat(),
  };
}

async function executionsOf(
  orchestrator: string,
  stateMachineArn: string,
): Promise<RunningExecution[]> {
  const {
    SFNClient,
    paginateListExecutions,
    DescribeExecutionCommand,
    DescribeStateMachineForExecutionCommand,
  } = await import('@aws-sdk/client-sfn');
  const client = new SFNClient({});
  const arns: string[] = [];
  const query = { stateMachineArn, statusFilter: 'RUNNING' } as const;
  for await (const page of paginateListExecutions({ client }, query)) {
    for (const { executionArn } of page.executions ?? []) {
      if (executionArn !== undefined) arns.push(executionArn);
    }
    if (arns.length > MAX_EXECUTIONS) {
      throw new ContractChecksError(
        'AWS_UNREACHABLE',
        `${orchestrator} has more than ${MAX_EXECUTIONS} executions in flight: too many to look at each. Deploy when fewer run.`,
      );
    }
  }
  const running: RunningExecution[] = [];
  // One after the other: the describing calls share a small quota with whoever else uses them.
  for (const executionArn of arns) {
    const [{ definition = '{}' }, { input = '{}' }] = await Promise.all([
      client.send(new DescribeStateMachineForExecutionCommand({ executionArn })),
      client.send(new DescribeExecutionCommand({ executionArn })),
    ]);
    running.push({
      executionArn,
      orchestrator,
      ...parseExecution(definition, input, executionArn),
    });
  }
  return running;
}

async function withAws<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
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
