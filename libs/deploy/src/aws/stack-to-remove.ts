import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeStateMachineCommand,
  paginateListExecutions,
  SFNClient,
  StateMachineDoesNotExist,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { longestWait } from '../removal.ts';
import type { RunningMachine, StackToRemove } from '../deployed-stack.ts';

/** What is deployed under that name; undefined where nothing is. */
export async function readStackToRemove(
  StackName: string,
  region: string | undefined,
): Promise<StackToRemove | undefined> {
  const client = new CloudFormationClient(region === undefined ? {} : { region });
  const { Stacks: [stack] = [] } = await client
    .send(new DescribeStacksCommand({ StackName }))
    .catch((error: unknown) => {
      // CloudFormation has no error of its own for a stack that isn't there.
      const isAbsent =
        error instanceof CloudFormationServiceException && /does not exist/.test(error.message);
      if (isAbsent) return { Stacks: [] };
      throw error;
    });
  if (stack === undefined) return undefined;
  const { TemplateBody = '{}' } = await client.send(
    new GetTemplateCommand({ StackName, TemplateStage: 'Original' }),
  );
  const machines: RunningMachine[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client },
    { StackName },
  )) {
    for (const { ResourceType, PhysicalResourceId } of StackResourceSummaries) {
      if (ResourceType !== 'AWS::StepFunctions::StateMachine' || PhysicalResourceId === undefined)
        continue;
      machines.push(await runningOf(PhysicalResourceId, region));
    }
  }
  return {
    stackName: StackName,
    isProtected: stack.EnableTerminationProtection === true,
    template: TemplateBody,
    machines,
  };
}

async function runningOf(
  stateMachineArn: string,
  region: string | undefined,
): Promise<RunningMachine> {
  const client = new SFNClient(region === undefined ? {} : { region });
  const executions: string[] = [];
  const query = { stateMachineArn, statusFilter: 'RUNNING' } as const;
  try {
    const { definition = '{}' } = await client.send(
      new DescribeStateMachineCommand({ stateMachineArn }),
    );
    for await (const page of paginateListExecutions({ client }, query)) {
      for (const { executionArn } of page.executions ?? []) {
        if (executionArn !== undefined) executions.push(executionArn);
      }
    }
    const wait = longestWait(JSON.parse(definition));
    return { stateMachineArn, executions, ...(wait && { wait }) };
  } catch (error) {
    // Deleted by hand: CloudFormation gets over that, too.
    if (!(error instanceof StateMachineDoesNotExist)) throw error;
    return { stateMachineArn, executions };
  }
}

/** Stops executions, so that their state machine can be deleted at once. */
export async function stopAll(
  executions: readonly string[],
  region: string | undefined,
): Promise<void> {
  const client = new SFNClient(region === undefined ? {} : { region });
  for (const executionArn of executions) {
    await client.send(
      new StopExecutionCommand({
        executionArn,
        error: 'StackDestroyed',
        cause: 'harmony destroy --stop-executions',
      }),
    );
  }
}
