import type { State } from '@harmony/artifact';
import { expression, jsonataState } from './jsonata.ts';
import type { Records } from './records.ts';

/** Levels of nesting that are followed, since an expression has one second. */
const DEEPEST = 64;

/**
 * Whether `$text` is JSON. JSONata has `$parse` but nothing to catch its failure with, and the
 * Cause of a failed Task may be any text, or JSON cut off at Step Functions' bound. Strings
 * become `""` and other scalars `0`; then what is innermost collapses to `0` until nothing
 * changes. JSON ends as one `0` or `""`, anything else as more (and so does JSON
 * nested deeper than is followed).
 *
 * `\x5c` is the backslash: JSONata's own tokenizer takes one before a bracket for an escape.
 */
const IS_JSON = String.raw`function($text) {(
  $strings := $replace($text, /"(?:[^\x5c"\x00-\x1f]|\x5c(?:["\x5c\x2fbfnrt]|u[0-9A-Fa-f]{4}))*"/, '""');
  $scalars := $replace($strings, /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null/, '0');
  $collapse := function($from, $levels) {(
    $to := $replace($from, /\[(?:(?:0|"")(?:,(?:0|""))*)?\]|\{(?:"":(?:0|"")(?:,"":(?:0|""))*)?\}/, '0');
    $to = $from or $levels = 0 ? $to : $collapse($to, $levels - 1)
  )};
  $collapse($replace($scalars, /[ \t\r\n]+/, ''), ${DEEPEST}) in ['0', '""']
)}`;

/**
 * A child's failure arrives as `States.TaskFailed` with an envelope (JSON text) in Cause that
 * repeats the child's whole input: take the child's own status, error and cause out of it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 */
function record({ full, errorLimit, causeLimit }: Records): string {
  // In a brief record each character of the error is one byte.
  const error = full ? '$error' : String.raw`$replace($error, /[^ !#-\[\]-~]/, '?')`;
  return `(
    $isJson := ${IS_JSON};
    $cause := $states.input.cause;
    $parsed := $isJson($cause) ? $parse($cause);
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

export function recordFailureState(records: Records): State {
  return jsonataState('Pass', { Output: expression(record(records)), End: true });
}
