import type { Failure } from '../core/failure.ts';
import type { TaskCall } from './call.ts';
import type { TaskResource } from './resource.ts';

/**
 * Lets `runTask` answer for a job or a callback as a whole: for the service that takes the request
 * and for whatever ends the wait. The history shows the request as submitted where it must have
 * been: not when the service itself refused it.
 */
export function runWhole(call: TaskCall, of: TaskResource): void {
  let submitted = false;
  const submit = (): void => {
    if (submitted) return;
    submitted = true;
    call.submitted({});
  };
  call.run({
    ok(output) {
      submit();
      call.succeed(output);
    },
    failed(how) {
      if (!refusedBy(of, how)) submit();
      call.fail(how);
    },
    parked: submit,
  });
}

/** A service's own errors carry its name: `SQS.QueueDoesNotExistException`. */
function refusedBy(of: TaskResource, { error }: Failure): boolean {
  const service = of.action.split(':').at(-2)?.toLowerCase();
  const prefix = error?.split('.')[0]?.toLowerCase();
  // Step Functions names itself `StepFunctions`, and its service integration `states`.
  return (
    prefix !== undefined &&
    (prefix === service || (service === 'states' && prefix === 'stepfunctions'))
  );
}
