import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import {
  DescribeExecutionCommand,
  DescribeStateMachineForExecutionCommand,
  paginateListExecutions,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { paginateGetParametersByPath, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Environment } from '@harmony/assembly';
import { ContractChecksError } from '../errors.ts';
import { parseChild, parseExecution, parseOrchestrator, parseRecord } from './parse.ts';
import type { Deployed, RunningExecution } from './records.ts';

/** Executions in flight that are looked at, of one orchestrator; a check that sees fewer says so. */
const MAX_EXECUTIONS = 1000;

/** What `awsSource` reads; a module of its own, since the SDK takes a third of a second to load. */
export async function readFromAws(
  stage: string,
  { account, region }: Environment,
): Promise<Deployed> {
  const place = region === undefined ? {} : { region };
  if (account !== undefined) await refuseOtherAccount(stage, account, place);
  const ssm = new SSMClient(place);
  const s3 = new S3Client({ ...place, forcePathStyle: true });
  const sfn = new SFNClient(place);
  const path = `/harmony/${stage}`;
  const found: { readonly name: string; readonly value: string }[] = [];
  for await (const page of paginateGetParametersByPath(
    { client: ssm },
    { Path: path, Recursive: true },
  )) {
    for (const { Name: name, Value: value } of page.Parameters ?? []) {
      // Beside the records lies the log of the stage's deployments, which is none.
      if (name === undefined || name === `${path}/deployment`) continue;
      if (value !== undefined) found.push({ name, value });
    }
  }
  const records = await Promise.all(
    found.map(async ({ name, value }) => {
      const record = parseRecord(value, name);
      const { bucket, key } = record.schemas;
      const where = `s3://${bucket}/${key}`;
      return { record, schemas: await objectText(s3, bucket, key, `${where} (${name})`), where };
    }),
  );
  const orchestrators = records.filter(({ record }) => record.kind === 'orchestrator');
  const running = await Promise.all(
    orchestrators.map(({ record }) => executionsOf(sfn, record.name, record.stateMachineArn)),
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

/** @throws ContractChecksError `OTHER_ACCOUNT` where the credentials are not those of the stage's account */
async function refuseOtherAccount(
  stage: string,
  account: string,
  place: { readonly region?: string },
): Promise<void> {
  const { Account: actual } = await new STSClient(place).send(new GetCallerIdentityCommand({}));
  if (actual === account) return;
  throw new ContractChecksError(
    'OTHER_ACCOUNT',
    `The stage ${stage} goes to the account ${account}, but the credentials are those of ${actual ?? 'no account'}: what is deployed cannot be seen with them. Sign in to ${account}, or name a folder with the records by --records.`,
  );
}

/** @throws ContractChecksError `RECORD_INVALID` where the bucket no longer has it */
async function objectText(s3: S3Client, Bucket: string, Key: string, where: string) {
  try {
    const object = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return (await object.Body?.transformToString()) ?? '';
  } catch (error) {
    if (!(error instanceof NoSuchKey)) throw error;
    throw new ContractChecksError(
      'RECORD_INVALID',
      `${where}, which a deployment record names, isn't there any more: deploy that stack again.`,
      { cause: error },
    );
  }
}

async function executionsOf(
  client: SFNClient,
  orchestrator: string,
  stateMachineArn: string,
): Promise<RunningExecution[]> {
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
    const [{ definition }, { input }] = await Promise.all([
      client.send(new DescribeStateMachineForExecutionCommand({ executionArn })),
      client.send(new DescribeExecutionCommand({ executionArn })),
    ]);
    running.push({
      executionArn,
      orchestrator,
      ...parseExecution(definition, input),
    });
  }
  return running;
}
