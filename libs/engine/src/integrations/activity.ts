import type { TaskEvents } from './call.ts';
import { failureDetails, outputDetails, timeDetails } from './events.ts';
import type { Integration } from './integration.ts';
import { intercepted } from './request-response.ts';
import type { TaskResource } from './resource.ts';
import { awaitToken } from './wait-for-task-token.ts';

/** An activity: waits until a worker asks for the task, then for the worker's token. */
export function activityIntegration(of: TaskResource): Integration {
  return {
    needsToken: true,
    start(call) {
      let worker: string | undefined;
      const events = activityEvents(of, () => worker);
      call.begin(events, { started: false });
      if (intercepted(call)) {
        call.started();
        call.run({ ok: (output) => call.succeed(output), failed: (how) => call.fail(how) });
        return;
      }
      awaitToken(call);
      call.thread.execution.services.activities.add(of.resource, {
        open: () => call.open,
        take(workerName) {
          worker = workerName;
          call.started();
          call.beat();
          return { taskToken: call.thread.taskToken ?? '', input: JSON.stringify(call.input) };
        },
      });
    },
  };
}

function activityEvents(of: TaskResource, worker: () => string | undefined): TaskEvents {
  return {
    service: of.resource,
    scheduled: (call) =>
      call.thread.emit('ActivityScheduled', 'activityScheduledEventDetails', {
        resource: of.resource,
        input: JSON.stringify(call.input),
        inputDetails: { truncated: false },
        ...timeDetails(call),
      }),
    started: (call) => {
      const workerName = worker();
      call.thread.emit(
        'ActivityStarted',
        'activityStartedEventDetails',
        workerName === undefined ? {} : { workerName },
      );
    },
    succeeded: (call, output) =>
      call.thread.emit('ActivitySucceeded', 'activitySucceededEventDetails', outputDetails(output)),
    failed: (call, how) =>
      call.thread.emit('ActivityFailed', 'activityFailedEventDetails', failureDetails(how)),
    timedOut: (call, how) =>
      call.thread.emit('ActivityTimedOut', 'activityTimedOutEventDetails', failureDetails(how)),
  };
}
