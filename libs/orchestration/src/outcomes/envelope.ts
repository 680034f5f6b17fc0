import type { Json } from '@harmony/schema';
import { parseObject, textOf } from './history.ts';
import type { OutcomeStatus } from './outcome.ts';

/** What is known of a child that did not succeed. */
export interface Failure {
  readonly status: OutcomeStatus;
  readonly error: string;
  readonly cause?: string;
  readonly executionArn?: string;
}

/**
 * Takes the child's own error and cause out of the envelope that `.sync:2` puts around them. A
 * Cause that is no envelope (a throttle, a timeout, JSON cut off at its bound) is kept as it is.
 */
export function readFailure(error: string, cause: string | undefined): Failure {
  const envelope = parseObject(cause);
  const executionArn = textOf(envelope, 'ExecutionArn');
  if (executionArn === undefined) {
    const status = error === 'States.Timeout' ? 'TIMED_OUT' : 'FAILED';
    return { status, error, ...(cause === undefined ? {} : { cause }) };
  }
  const own = textOf(envelope, 'Cause');
  return {
    status: statusOf(textOf(envelope, 'Status')),
    error: textOf(envelope, 'Error') ?? error,
    ...(own === undefined ? {} : { cause: own }),
    executionArn,
  };
}

/** The child's output, from the result of *Execute*. */
export function readOutput(result: string | undefined): Json | undefined {
  return parseObject(result)['Output'] as Json | undefined;
}

export function readExecutionArn(result: string | undefined): string | undefined {
  return textOf(parseObject(result), 'ExecutionArn');
}

function statusOf(status: string | undefined): OutcomeStatus {
  return status === 'TIMED_OUT' || status === 'ABORTED' ? status : 'FAILED';
}
