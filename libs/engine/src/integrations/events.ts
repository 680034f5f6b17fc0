import type { Failure } from '../core/failure.ts';
import type { Json, JsonObject } from '../json.ts';
import type { TaskCall } from './call.ts';

/** error and cause as failed events carry them: absent where there is none. */
export function failureDetails(how: Failure): JsonObject {
  const details: JsonObject = {};
  if (how.error !== undefined) details['error'] = how.error;
  if (how.cause !== undefined) details['cause'] = how.cause;
  return details;
}

export function outputDetails(output: Json): JsonObject {
  return { output: JSON.stringify(output), outputDetails: { truncated: false } };
}

/** timeoutInSeconds and heartbeatInSeconds, where set. */
export function timeDetails(call: TaskCall): JsonObject {
  const { timeoutSeconds, heartbeatSeconds } = call.options;
  return {
    ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
  };
}
