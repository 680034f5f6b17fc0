import type { Failure } from '../core/failure.ts';
import type { Json, JsonObject } from '../json.ts';
import type { TaskCall } from './call.ts';

/** The history events of one kind of Task. */
export interface TaskEvents {
  /** What causes name when its result is too large. */
  readonly service: string;
  scheduled(call: TaskCall): void;
  started(call: TaskCall): void;
  submitted?(call: TaskCall, output: Json): void;
  succeeded(call: TaskCall, output: Json): void;
  failed(call: TaskCall, how: Failure): void;
  timedOut(call: TaskCall, how: Failure): void;
}

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
