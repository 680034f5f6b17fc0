import type { TaskEvents } from './call.ts';
import { failureDetails, outputDetails, timeDetails } from './events.ts';
import type { Integration } from './integration.ts';
import type { TaskResource } from './resource.ts';

/** A function's ARN as Resource: the input is the state's, the result is what the function returned. */
export function functionIntegration(of: TaskResource): Integration {
  const events: TaskEvents = {
    service: of.resource,
    scheduled: (call) =>
      call.thread.emit('LambdaFunctionScheduled', 'lambdaFunctionScheduledEventDetails', {
        resource: of.resource,
        input: call.thread.execution.recording ? JSON.stringify(call.input) : '',
        inputDetails: { truncated: false },
        ...timeDetails(call),
      }),
    started: (call) => call.thread.emit('LambdaFunctionStarted'),
    succeeded: (call, output) =>
      call.thread.emit(
        'LambdaFunctionSucceeded',
        'lambdaFunctionSucceededEventDetails',
        outputDetails(output),
      ),
    failed: (call, how) =>
      call.thread.emit(
        'LambdaFunctionFailed',
        'lambdaFunctionFailedEventDetails',
        failureDetails(how),
      ),
    timedOut: (call, how) =>
      call.thread.emit(
        'LambdaFunctionTimedOut',
        'lambdaFunctionTimedOutEventDetails',
        failureDetails(how),
      ),
  };
  return {
    needsToken: false,
    start(call) {
      call.begin(events);
      call.run({ ok: (output) => call.succeed(output), failed: (how) => call.fail(how) });
    },
  };
}
