import type { Failure } from '../core/failure.ts';
import type { Json } from '../json.ts';
import type { TaskCall } from './call.ts';
import type { Integration } from './integration.ts';
import { intercepted } from './request-response.ts';
import type { TaskResource } from './resource.ts';
import { serviceEvents } from './service-events.ts';
import { runWhole } from './whole.ts';
import { ownCall } from './own-calls.ts';

/** `.waitForTaskToken`: calls the service, then waits until somebody sends the token back. */
export function waitForTaskTokenIntegration(of: TaskResource): Integration {
  const events = serviceEvents(of);
  const own = ownCall(of);
  return {
    needsToken: true,
    start(call) {
      call.begin(events);
      call.beat();
      if (intercepted(call)) {
        // A mock answers for the service and for whoever would have sent the token back.
        runWhole(call, of);
        return;
      }
      awaitToken(call);
      const answer = {
        ok: (response: Json) => call.submitted(response),
        failed: (how: Failure) => call.fail(how),
      };
      if (own === undefined) call.run(answer);
      else own(call, answer);
    },
  };
}

/** Lets the token settle the call, from now until it is over. */
export function awaitToken(call: TaskCall): void {
  const { thread } = call;
  const token = thread.taskToken;
  if (token === undefined) return;
  const { tokens } = thread.execution.services;
  tokens.open(token, {
    succeed: (output) => call.succeed(output),
    fail: (how) => call.fail(how),
    heartbeat: () => call.beat(),
    description: `state '${thread.state.name}' of ${thread.execution.arn} waits for its task token`,
  });
  call.whenOver(() => tokens.close(token));
}
