import { isObject, type JsonObject } from '../json.ts';
import type { TaskEvents } from './call.ts';
import { failureDetails, outputDetails, timeDetails } from './events.ts';
import type { TaskResource } from './resource.ts';

/** Task… events, of service integrations. */
export function serviceEvents(of: TaskResource): TaskEvents {
  const names = (): JsonObject => ({
    resourceType: of.resourceType ?? '',
    resource: of.resource,
  });
  return {
    service: of.resourceType ?? of.resource,
    scheduled(call) {
      const { execution } = call.thread;
      if (!execution.recording) {
        call.thread.emit('TaskScheduled');
        return;
      }
      const { credentials } = call.options;
      const role = isObject(credentials) ? credentials['RoleArn'] : undefined;
      call.thread.emit('TaskScheduled', 'taskScheduledEventDetails', {
        ...names(),
        region: execution.services.region,
        parameters: JSON.stringify(call.input),
        ...timeDetails(call),
        ...(role !== undefined && { taskCredentials: { roleArn: role } }),
      });
    },
    started: (call) => call.thread.emit('TaskStarted', 'taskStartedEventDetails', names()),
    submitted: (call, output) =>
      call.thread.emit('TaskSubmitted', 'taskSubmittedEventDetails', {
        ...names(),
        ...outputDetails(output),
      }),
    succeeded: (call, output) =>
      call.thread.emit('TaskSucceeded', 'taskSucceededEventDetails', {
        ...names(),
        ...outputDetails(output),
      }),
    failed: (call, how) =>
      call.thread.emit('TaskFailed', 'taskFailedEventDetails', {
        ...names(),
        ...failureDetails(how),
      }),
    timedOut: (call, how) =>
      call.thread.emit('TaskTimedOut', 'taskTimedOutEventDetails', {
        ...names(),
        ...failureDetails(how),
      }),
  };
}
