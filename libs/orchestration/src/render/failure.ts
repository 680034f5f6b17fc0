import type { State } from './definition.ts';
import { expression, jsonataState, STATE } from './definition.ts';

/** Characters kept of a failed child's Cause in the outcomes; the history keeps it whole. */
const LONGEST_CAUSE = 1_000;

/** Characters for all Causes of one run: a quarter of the 256 KiB that a Map's result may have. */
const ALL_CAUSES = 64_000;

/** Characters kept of an error's name; Step Functions allows 256. */
const LONGEST_ERROR = 256;

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
function record(causeLimit: number): string {
  return `(
    $isJson := ${IS_JSON};
    $cause := $states.input.cause;
    $parsed := $isJson($cause) ? $parse($cause);
    $child := $type($parsed) = 'object' and $exists($parsed.ExecutionArn) ? $parsed : {};
    $error := $type($child.Error) = 'string' ? $child.Error : $states.input.error;
    $why := $type($child.ExecutionArn) = 'string' ? $child.Cause : $cause;
    {
      'id': $states.input.id,
      'status': $child.Status in ['TIMED_OUT', 'ABORTED'] ? $child.Status
        : $states.input.error = 'States.Timeout' ? 'TIMED_OUT' : 'FAILED',
      'error': $substring($error, 0, ${LONGEST_ERROR}),
      'cause': $type($why) = 'string' ? $substring($why, 0, ${causeLimit}),
      'executionArn': $child.ExecutionArn
    }
  )`;
}

/** Catchers of *Execute*. `States.ALL` leaves out a result over 256 KiB, so it is named too. */
export function recordingCatchers(): unknown[] {
  const text = (field: string) =>
    expression(
      `$type($states.errorOutput.${field}) = 'string' ? $states.errorOutput.${field} : ''`,
    );
  const Output = {
    id: expression('$states.input.id'),
    error: text('Error'),
    cause: text('Cause'),
  };
  return [
    { ErrorEquals: ['States.DataLimitExceeded'], Output, Next: STATE.recordFailure },
    { ErrorEquals: ['States.ALL'], Output, Next: STATE.recordFailure },
  ];
}

/** @param targets how many share the room that the Map's result has */
export function recordFailureState(targets: number): State {
  const causeLimit = Math.min(LONGEST_CAUSE, Math.floor(ALL_CAUSES / Math.max(1, targets)));
  return jsonataState('Pass', { Output: expression(record(causeLimit)), End: true });
}
