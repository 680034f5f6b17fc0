import { activityIntegration } from './activity.ts';
import { functionIntegration } from './function.ts';
import type { Integration } from './integration.ts';
import { requestResponseIntegration } from './request-response.ts';
import { parseResource, type TaskResource } from './resource.ts';
import { syncIntegration } from './sync.ts';
import { waitForTaskTokenIntegration } from './wait-for-task-token.ts';

const patterns: {
  readonly [pattern in TaskResource['pattern']]: (of: TaskResource) => Integration;
} = {
  activity: activityIntegration,
  function: functionIntegration,
  request: requestResponseIntegration,
  sync: syncIntegration,
  waitForTaskToken: waitForTaskTokenIntegration,
};

/** The integration of a Task's Resource. */
export function integrationFor(resource: string): Integration {
  const parsed = parseResource(resource);
  return patterns[parsed.pattern](parsed);
}
