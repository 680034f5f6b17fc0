import type { HistoryEventType } from '../history/events.ts';
import type { Json, JsonObject } from '../json.ts';
import type { ExecutionStatus } from '../types.ts';

/** How an execution ended. */
export interface Closing {
  readonly output?: Json;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** The last event of a history. */
export function closing(
  status: Exclude<ExecutionStatus, 'RUNNING'>,
  how: Closing,
): { type: HistoryEventType; details: JsonObject } {
  if (status === 'SUCCEEDED') {
    return {
      type: 'ExecutionSucceeded',
      details: {
        output: JSON.stringify(how.output),
        outputDetails: { truncated: false },
      },
    };
  }
  const details: JsonObject = {};
  if (how.error !== undefined) details['error'] = how.error;
  if (how.cause !== undefined) details['cause'] = how.cause;
  const type =
    status === 'FAILED'
      ? 'ExecutionFailed'
      : status === 'TIMED_OUT'
        ? 'ExecutionTimedOut'
        : 'ExecutionAborted';
  return { type, details };
}
