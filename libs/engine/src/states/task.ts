import { EvaluationScope } from '../core/scope.ts';
import { checkInput } from '../core/data-limit.ts';
import { failure } from '../core/failure.ts';
import type { CompiledState, Thread } from '../core/port.ts';
import { compileFlow } from '../compile/compile-flow.ts';
import { compileJsonataField } from '../compile/flow-jsonata.ts';
import { compileTemplateField } from '../compile/flow-jsonpath.ts';
import { compileRetryAndCatch } from '../compile/retry-and-catch.ts';
import { compileNumberField, secondsWording } from '../compile/number-field.ts';
import { nextOf, stringField, type CompileContext } from '../compile/context.ts';
import { TaskCall } from '../integrations/call.ts';
import { integrationFor } from '../integrations/index.ts';
import type { Json, JsonObject } from '../json.ts';

/** Task: evaluates what it needs, then leaves the rest to its Resource's integration. */
export function compileTask(definition: JsonObject, context: CompileContext): CompiledState {
  const flow = compileFlow(definition, context);
  const next = nextOf(definition, context);
  const resource = stringField(definition, 'Resource') ?? '';
  const integration = integrationFor(resource);
  const timeout = compileNumberField(definition, 'TimeoutSeconds', context, secondsWording);
  const heartbeat = compileNumberField(definition, 'HeartbeatSeconds', context, secondsWording);
  const credentials = compileCredentials(definition, context);

  const attempt = (thread: Thread): void => {
    if (integration.needsToken) {
      // Parameters may read $$.Task.Token.
      thread.taskToken = newTaskToken(thread);
      thread.invalidateContext();
    }
    const view = flow.view(thread);
    const timeoutSeconds = timeout?.(thread, view);
    const heartbeatSeconds = heartbeat?.(thread, view);
    const credentialsValue = credentials?.(thread);
    const input = flow.effectiveInput(thread);
    checkInput(thread, input);
    if (heartbeatSeconds !== undefined && heartbeatSeconds >= (timeoutSeconds ?? Infinity)) {
      const cause = 'TimeoutSeconds must be greater than HeartbeatSeconds.';
      thread.fail({ ...failure('States.Runtime', cause), fatal: true });
      return;
    }
    integration.start(
      new TaskCall(thread, {
        resource,
        input,
        timeoutSeconds,
        heartbeatSeconds,
        credentials: credentialsValue,
        succeed: (output) => flow.finish(thread, output, next),
      }),
    );
  };

  return {
    name: context.name,
    enteredEvent: 'TaskStateEntered',
    exitedEvent: 'TaskStateExited',
    abortedEvent: 'TaskStateAborted',
    retryAndCatch: compileRetryAndCatch(definition, context),
    retryable: true,
    enter: attempt,
    retry: attempt,
    redrive: attempt,
  };
}

/** As opaque as the service's own, and the same for the same seed. */
function newTaskToken(thread: Thread): string {
  const { random } = thread.execution;
  return Buffer.from(`${random.uuid()}${random.uuid()}`).toString('base64');
}

function compileCredentials(
  definition: JsonObject,
  context: CompileContext,
): ((thread: Thread) => Json) | undefined {
  const template =
    context.language === 'JSONata'
      ? compileJsonataField(definition, 'Credentials', context)
      : compileTemplateField(definition, 'Credentials', context);
  if (template === undefined) return undefined;
  return (thread) => template.evaluate(new EvaluationScope(thread, thread.input));
}
