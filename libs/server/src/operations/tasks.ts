import {
  CreateActivity$,
  DeleteActivity$,
  DescribeActivity$,
  GetActivityTask$,
  ListActivities$,
  SendTaskFailure$,
  SendTaskHeartbeat$,
  SendTaskSuccess$,
} from '@aws-sdk/client-sfn';
import type {
  CreateActivityInput,
  CreateActivityOutput,
  DeleteActivityInput,
  DescribeActivityInput,
  DescribeActivityOutput,
  GetActivityTaskInput,
  GetActivityTaskOutput,
  ListActivitiesInput,
  ListActivitiesOutput,
  SendTaskFailureInput,
  SendTaskHeartbeatInput,
  SendTaskSuccessInput,
} from '@aws-sdk/client-sfn';
import { EngineError } from '@harmony/engine';
import type { Catalog } from '../catalog/catalog.ts';
import type { ActivityResource } from '../catalog/resources.ts';
import { ApiError, missing } from '../errors.ts';
import { parseJson } from '../wire/json-text.ts';
import { paged, pageOf } from '../wire/page.ts';
import { resourceName } from '../wire/resource-name.ts';
import { operation } from './operation.ts';
import { tagsOf } from './tags.ts';

/** How long GetActivityTask waits (https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetActivityTask.html). */
const POLL_MS = 60_000;

export const createActivity = operation(
  CreateActivity$,
  (input: CreateActivityInput, { catalog }): CreateActivityOutput => {
    const name = resourceName(input.name);
    const arn = catalog.arn('activity', name);
    const known = catalog.activities.get(arn);
    const activity =
      known ?? catalog.activities.put(arn, { activityArn: arn, name, creationDate: Date.now() });
    if (input.tags !== undefined) catalog.tags.put(arn, tagsOf(input.tags));
    return { activityArn: arn, creationDate: new Date(activity.creationDate) };
  },
);

export const describeActivity = operation(
  DescribeActivity$,
  ({ activityArn = '' }: DescribeActivityInput, { catalog }): DescribeActivityOutput =>
    shown(found(catalog, activityArn)),
);

export const listActivities = operation(
  ListActivities$,
  (input: ListActivitiesInput, { catalog }): ListActivitiesOutput => {
    const page = pageOf(input);
    const [activities, nextToken] = paged(catalog.activities.all().slice(page.offset), page);
    return { activities: activities.map(shown), nextToken };
  },
);

export const deleteActivity = operation(
  DeleteActivity$,
  ({ activityArn = '' }: DeleteActivityInput, { catalog }) => {
    catalog.activities.delete(activityArn);
    catalog.tags.delete(activityArn);
  },
);

export const getActivityTask = operation(
  GetActivityTask$,
  async (
    { activityArn = '', workerName }: GetActivityTaskInput,
    { catalog, runs, signal },
  ): Promise<GetActivityTaskOutput> => {
    found(catalog, activityArn);
    const until = AbortSignal.any([signal, AbortSignal.timeout(POLL_MS)]);
    return (await runs.activityTask(activityArn, workerName, until)) ?? {};
  },
);

export const sendTaskSuccess = operation(
  SendTaskSuccess$,
  ({ taskToken = '', output = '' }: SendTaskSuccessInput, { runs }) => {
    const value = parseJson(output, 'InvalidOutput', 'Output');
    answer(taskToken, () => runs.sendTaskSuccess(taskToken, value));
  },
);

export const sendTaskFailure = operation(
  SendTaskFailure$,
  ({ taskToken = '', error, cause }: SendTaskFailureInput, { runs }) =>
    answer(taskToken, () =>
      runs.sendTaskFailure(taskToken, {
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
      }),
    ),
);

export const sendTaskHeartbeat = operation(
  SendTaskHeartbeat$,
  ({ taskToken = '' }: SendTaskHeartbeatInput, { runs }) =>
    answer(taskToken, () => runs.sendTaskHeartbeat(taskToken)),
);

/** The service tells a token that was given out once from one that never was. */
function answer(token: string, send: () => void): void {
  try {
    send();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const once = /^[0-9a-f-]{72}$/.test(Buffer.from(token, 'base64').toString('latin1'));
    throw once
      ? new ApiError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'")
      : new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
  }
}

/** @throws ApiError ActivityDoesNotExist */
function found(catalog: Catalog, arn: string): ActivityResource {
  const activity = catalog.activities.get(arn);
  if (activity === undefined) throw missing('Activity', arn);
  return activity;
}

function shown({ activityArn, name, creationDate }: ActivityResource) {
  return { activityArn, name, creationDate: new Date(creationDate) };
}
