import { failure } from '../core/failure.ts';
import type { Integration } from './integration.ts';
import { intercepted } from './request-response.ts';
import type { TaskResource } from './resource.ts';
import { serviceEvents } from './service-events.ts';
import { runWhole } from './whole.ts';
import { envelopeOf, isStartExecution, startNested, submissionOf } from './start-execution.ts';

/** `.sync` and `.sync:2`: starts a job and waits for its end. */
export function syncIntegration(of: TaskResource): Integration {
  const events = serviceEvents(of);
  const nested = isStartExecution(of);
  const asJson = of.resource.endsWith(':2');
  return {
    // A child may be handed the parent's token: $$.Task.Token is there.
    needsToken: true,
    start(call) {
      call.begin(events);
      if (nested && !intercepted(call)) {
        const child = startNested(call, {
          onEnd(result) {
            const envelope = envelopeOf(result, asJson);
            if (result.status === 'SUCCEEDED') call.succeed(envelope);
            else call.fail(failure('States.TaskFailed', JSON.stringify(envelope)));
          },
        });
        if (child === undefined) return;
        call.submitted(submissionOf(child));
        call.whenOver((why) => {
          // "Best effort" on AWS (connect-to-resource); a timeout of the Task stops nothing.
          if (why === 'aborted') child.stop();
        });
        return;
      }
      runWhole(call, of);
    },
  };
}
