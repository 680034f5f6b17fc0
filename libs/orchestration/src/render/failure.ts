import { STATE, type State, stateName } from '@harmony/artifact';
import { expression, jsonataState } from './jsonata.ts';
import type { Records } from './records.ts';

/**
 * What is kept of a failure. A child's arrives as `States.TaskFailed` with an envelope (JSON text)
 * in Cause that repeats the child's whole input: its own status, error and cause are taken out of
 * that. https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 *
 * @param parsed the Cause as JSON, where it is known to be some: JSONata has `$parse`, which fails
 * on any other text, and nothing to catch that with
 */
function record({ full, errorLimit, causeLimit }: Records, parsed: string): string {
  // In a brief record each character of the error is one byte.
  const error = full ? '$error' : String.raw`$replace($error, /[^ !#-\[\]-~]/, '?')`;
  return `(
    $cause := $states.input.cause;
    $parsed := ${parsed};
    $child := $type($parsed) = 'object' and $exists($parsed.ExecutionArn) ? $parsed : {};
    $error := $type($child.Error) = 'string' ? $child.Error : $states.input.error;
    $why := $type($child.ExecutionArn) = 'string' ? $child.Cause : $cause;
    {
      'id': $states.input.id,
      ${full ? `'child': $states.input.child,` : ''}
      'status': $child.Status in ['TIMED_OUT', 'ABORTED'] ? $child.Status
        : $states.input.error = 'States.Timeout' ? 'TIMED_OUT' : 'FAILED',
      'error': $substring(${error}, 0, ${Math.max(0, errorLimit)}),
      ${full ? `'cause': $type($why) = 'string' ? $substring($why, 0, ${causeLimit}),` : ''}
      'executionArn': $child.ExecutionArn
      ${
        full
          ? `, 'attempts': $states.input.attempts,
      'startDate': ${dateOf('$child.StartDate')},
      'stopDate': ${dateOf('$child.StopDate')}`
          : ''
      }
    }
  )`;
}

/** The envelope's dates are milliseconds since the epoch. */
export function dateOf(source: string): string {
  return `$type(${source}) = 'number' ? $fromMillis(${source})`;
}

/** Catchers of *Execute*. `States.ALL` leaves out a result over 256 KiB, so it is named too. */
export function recordingCatchers({ full }: Records, next: string): unknown[] {
  const text = (field: string) =>
    expression(
      `$type($states.errorOutput.${field}) = 'string' ? $states.errorOutput.${field} : ''`,
    );
  const Output = {
    id: expression('$states.input.id'),
    ...(full
      ? {
          child: expression('$states.input.child'),
          attempts: expression('$states.context.State.RetryCount + 1'),
        }
      : {}),
    error: text('Error'),
    cause: text('Cause'),
  };
  return [
    { ErrorEquals: ['States.DataLimitExceeded'], Output, Next: next },
    { ErrorEquals: ['States.ALL'], Output, Next: next },
  ];
}

/**
 * *Record failure*: a Parallel, because what fails in its branch may be caught. *Read cause* takes
 * the Cause for JSON; where it is other text, or JSON cut off at Step Functions' bound, *Record text*
 * keeps it as it is. No regular expression tells them apart: one that could would repeat an
 * alternation, on which an engine that recurses runs out of stack.
 */
export function recordFailureStates(records: Records, wave: number): Record<string, State> {
  const [name, inner, text] = [STATE.recordFailure, STATE.readCause, STATE.recordText].map((base) =>
    stateName(base, { wave }),
  ) as [string, string, string];
  const pass = (parsed: string) =>
    jsonataState('Pass', { Output: expression(record(records, parsed)), End: true });
  if (!records.parses) return { [text]: pass('{}') };
  return {
    [name]: jsonataState('Parallel', {
      Branches: [{ StartAt: inner, States: { [inner]: pass('$parse($cause)') } }],
      Output: expression('$states.result[0]'),
      Catch: [{ ErrorEquals: ['States.ALL'], Output: expression('$states.input'), Next: text }],
      End: true,
    }),
    [text]: pass('{}'),
  };
}

/** The state that records what a target failed with. */
export function recordingState({ parses }: Records, wave: number): string {
  return stateName(parses ? STATE.recordFailure : STATE.recordText, { wave });
}
