import type { Json } from '../../json.ts';
import { isLater } from '../placeholders.ts';
import { inside, refuse, type Place } from '../place.ts';

/** Names beginning with `States.` that the language defines (Developer Guide, "Error names"). */
const known = new Set([
  'States.ALL',
  'States.BranchFailed',
  'States.DataLimitExceeded',
  'States.ExceedToleratedFailureThreshold',
  'States.HeartbeatTimeout',
  'States.Http.Socket',
  'States.IntrinsicFailure',
  'States.ItemReaderFailed',
  'States.NoChoiceMatched',
  'States.ParameterPathFailure',
  'States.Permissions',
  'States.QueryEvaluationError',
  'States.ResultPathMatchFailure',
  'States.ResultWriterFailed',
  'States.Runtime',
  'States.TaskFailed',
  'States.Timeout',
]);

/** ErrorEquals of a retrier or catcher; `last`: nothing follows it. */
export function checkErrorEquals(value: Json | undefined, place: Place, last: boolean): void {
  if (value === undefined) {
    refuse(place, "The field 'ErrorEquals' is missing");
    return;
  }
  if (isLater(value, place.state.options)) return;
  const at = inside(place, 'ErrorEquals');
  if (!Array.isArray(value) || value.length === 0) {
    refuse(at, 'ErrorEquals must be an array of at least one error name');
    return;
  }
  value.forEach((name, index) => {
    if (typeof name !== 'string') refuse(inside(at, index), 'An error name must be a string');
    else if (name.startsWith('States.') && !known.has(name)) {
      place.report(
        'UNKNOWN_ERROR_NAME',
        inside(at, index).pointer,
        `'${name}' is no error name of the service, and names that start with 'States.' are reserved`,
        'WARNING',
      );
    }
  });
  if (value.includes('States.ALL')) {
    if (value.length > 1) refuse(at, "'States.ALL' must stand alone");
    if (!last) refuse(at, "'States.ALL' must come last");
  }
}
