import type { Failure } from '../core/failure.ts';
import type { Json } from '../json.ts';
import type { Integration } from './integration.ts';
import type { TaskResource } from './resource.ts';
import { serviceEvents } from './service-events.ts';
import { ownCall } from './own-calls.ts';

/** Calls the service and goes on with its response. */
export function requestResponseIntegration(of: TaskResource): Integration {
  const events = serviceEvents(of);
  const own = ownCall(of);
  return {
    needsToken: false,
    start(call) {
      call.begin(events);
      const answer = {
        ok: (output: Json) => call.succeed(output),
        failed: (how: Failure) => call.fail(how),
      };
      if (own === undefined || intercepted(call)) call.run(answer);
      else own(call, answer);
    },
  };
}

/** Whether `runTask` wants to answer even what the engine could. */
export function intercepted(call: Parameters<Integration['start']>[0]): boolean {
  const { interceptTask } = call.thread.execution.services;
  return interceptTask !== undefined && interceptTask(call.request());
}
