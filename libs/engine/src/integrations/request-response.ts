import type { Integration } from './integration.ts';
import type { TaskResource } from './resource.ts';
import { serviceEvents } from './service-events.ts';
import { isStartExecution, startNested, submissionOf } from './start-execution.ts';

/** Calls the service and goes on with its response. */
export function requestResponseIntegration(of: TaskResource): Integration {
  const events = serviceEvents(of);
  const nested = isStartExecution(of);
  return {
    needsToken: false,
    start(call) {
      call.begin(events);
      if (nested && !intercepted(call)) {
        const child = startNested(call, {});
        if (child !== undefined) call.succeed(submissionOf(child));
        return;
      }
      call.run({ ok: (output) => call.succeed(output), failed: (how) => call.fail(how) });
    },
  };
}

/** Whether `runTask` wants to answer even what the engine could. */
export function intercepted(call: Parameters<Integration['start']>[0]): boolean {
  const { interceptTask } = call.thread.execution.services;
  return interceptTask !== undefined && interceptTask(call.request());
}
