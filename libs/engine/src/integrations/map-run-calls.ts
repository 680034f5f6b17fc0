import type { MapRunRecord } from '../core/map-run-record.ts';
import { isoTime } from '../core/time.ts';
import type { JsonObject } from '../json.ts';
import { SfnError, text, type Asked } from './sfn-api.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html */
export function describeMapRun({ call, parameters, answer }: Asked): void {
  const arn = text(parameters, 'MapRunArn');
  const run = call.thread.execution.services.mapRuns.get(arn);
  if (run === undefined) throw new SfnError('ResourceNotFound', `Resource not found: '${arn}'`);
  answer.ok(run.describe());
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListMapRuns.html */
export function listMapRuns({ call, parameters, answer }: Asked): void {
  const arn = text(parameters, 'ExecutionArn');
  const { executions, mapRuns } = call.thread.execution.services;
  if (executions.get(arn) === undefined) {
    throw new SfnError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  }
  const runs = [...mapRuns.values()].filter(({ executionArn }) => executionArn === arn);
  answer.ok({ MapRuns: runs.reverse().map(summaryOf) });
}

function summaryOf(run: MapRunRecord): JsonObject {
  return {
    ExecutionArn: run.executionArn,
    MapRunArn: run.arn,
    StartDate: isoTime(run.startDate),
    StateMachineArn: run.stateMachineArn,
    ...(run.stopDate !== undefined && { StopDate: isoTime(run.stopDate) }),
  };
}
