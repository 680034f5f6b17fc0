import type { State } from './definition.ts';
import { expression, jsonataState, STATE } from './definition.ts';

/**
 * Step Functions' bound on a Cause, in characters.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html
 */
export const MAX_CAUSE = 32_768;

/** The run's own switches over the stage's, key by key. `debug` may be missing or null. */
const MERGED = `$merge([
  $states.input.orchestration.debug,
  $type($states.input.debug) = 'object' ? $states.input.debug
])`;

/**
 * What is wrong with the input, '' if nothing. In JSONata a comparison with undefined is false
 * either way, hence `$not(… = …)` for what may be missing.
 */
const PROBLEMS = `(
  $given := $states.input.debug;
  $debug := ${MERGED};
  $isIds := function($value) {
    $type($value) = 'array' and $count($value[$not($type($) = 'string')]) = 0
  };
  $unknown := $type($given) = 'object'
    ? [$keys($given)[$not($ in ['skipDelays', 'only', 'disable'])]] : [];
  $join([
    $not($type($states.input.payload) = 'object') ? 'payload: expected an object',
    $exists($given) and $not($type($given) in ['object', 'null']) ? 'debug: expected an object',
    $count($unknown) > 0
      ? 'debug: no such switch: ' & $join($unknown, ', ') & ' (known: skipDelays, only, disable)',
    $not($type($debug.skipDelays) = 'boolean') ? 'debug.skipDelays: expected true or false',
    $not($type($debug.only) = 'null' or $isIds($debug.only))
      ? 'debug.only: expected an array of target ids, or null for all',
    $not($isIds($debug.disable)) ? 'debug.disable: expected an array of target ids'
  ], '; ')
)`;

/** Ids in `only` and `disable` that name no target, always an array. */
const UNKNOWN_IDS = `(
  $debug := ${MERGED};
  $ids := [$states.input.orchestration.targets.id];
  [$distinct($append($type($debug.only) = 'array' ? $debug.only : [], $debug.disable)[
    $not($ in $ids)
  ])]
)`;

/**
 * The states between *Inject targets* and *Run targets*: nothing runs on an input that is not
 * understood. A misspelt switch or id would otherwise run what the caller meant to leave out.
 */
export function gateStates(): Record<string, State> {
  return {
    [STATE.checkDebug]: jsonataState('Choice', {
      Choices: [
        { Condition: expression(`${PROBLEMS} != ''`), Next: STATE.invalidInput },
        { Condition: expression(`$count(${UNKNOWN_IDS}) > 0`), Next: STATE.unknownTarget },
      ],
      Default: STATE.run,
      // Taken with Default: variables spare every iteration a copy of the payload.
      Assign: {
        payload: expression('$states.input.payload'),
        debug: expression(MERGED),
        disabledIn: expression(
          `$type($states.input.debug) = 'object' and $exists($states.input.debug.disable)
            ? 'this run' : 'the stage'`,
        ),
      },
    }),
    [STATE.invalidInput]: jsonataState('Fail', {
      Error: 'InvalidInput',
      Cause: expression(`$substring(${PROBLEMS}, 0, ${MAX_CAUSE})`),
    }),
    [STATE.unknownTarget]: jsonataState('Fail', {
      Error: 'UnknownTarget',
      Cause: expression(`$substring(
        'debug names no target of this orchestration: ' & $join(${UNKNOWN_IDS}, ', ')
          & '. Its targets: ' & $join([$states.input.orchestration.targets.id], ', '),
        0, ${MAX_CAUSE})`),
    }),
  };
}
