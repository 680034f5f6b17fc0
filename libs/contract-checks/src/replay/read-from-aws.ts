import {
  type ExecutionListItem,
  paginateGetExecutionHistory,
  paginateListExecutions,
  SFNClient,
} from '@aws-sdk/client-sfn';
import type { Environment } from '@harmony/assembly';
import { type History, historyOf } from './history.ts';

/** A module of its own, since the SDK takes a third of a second to load. */
export async function* readLast(
  stateMachineArn: string,
  count: number,
  { region }: Environment,
): AsyncGenerator<History> {
  const client = new SFNClient(region === undefined ? {} : { region });
  let left = count;
  for await (const { executions = [] } of paginateListExecutions({ client }, { stateMachineArn })) {
    for (const { executionArn, status } of executions) {
      if (executionArn === undefined || !hasEnded(status)) continue;
      yield await read(client, executionArn);
      if (--left === 0) return;
    }
  }
}

export async function readExecution(executionArn: string): Promise<History> {
  const region = executionArn.split(':')[3];
  return read(new SFNClient(region === undefined ? {} : { region }), executionArn);
}

function hasEnded(status: ExecutionListItem['status']): boolean {
  return status !== 'RUNNING' && status !== 'PENDING_REDRIVE';
}

async function read(client: SFNClient, executionArn: string): Promise<History> {
  const events: object[] = [];
  const query = { executionArn, includeExecutionData: true, maxResults: 1000 };
  for await (const page of paginateGetExecutionHistory({ client }, query)) {
    events.push(...(page.events ?? []));
  }
  return historyOf(events, executionArn);
}
