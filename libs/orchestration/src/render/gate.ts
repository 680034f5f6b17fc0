import {
  conditionValue,
  DEBUG_SWITCHES,
  type DebugSwitch,
  INJECTED,
  STATE,
  type State,
} from '@harmony/artifact';
import type { JsonSchema } from '@harmony/schema';
import { expression, jsonataState } from './jsonata.ts';
import { type PayloadChecks, payloadChecks } from './payload-checks.ts';
import type { Plan } from './plan.ts';

/**
 * Step Functions' bound on a Cause, in characters.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html
 */
export const MAX_CAUSE = 32_768;

/** A run's own switches: beside the payload, or in the configuration of an orchestration's target. */
const GIVEN = `($exists($states.input.debug)
  ? $states.input.debug : $states.input.configuration.debug)`;

const SWITCH_NAMES = DEBUG_SWITCHES.map(({ name }) => name);

/** The run's own switches over the stage's, key by key. `debug` may be missing or null. */
const MERGED = `$merge([
  $states.input.${INJECTED}.debug,
  $type(${GIVEN}) = 'object' ? ${GIVEN}
])`;

/** A timestamp as Wait takes it: https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html */
const MOMENT = String.raw`/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})$/`;

const IS_MOMENT = `$isMoment := function($value) {
  $type($value) = 'string' ? $contains($value, ${MOMENT}) : false
};`;

/**
 * What is wrong with the input, '' if nothing. In JSONata a comparison with undefined is false
 * either way, hence `$not(… = …)` for what may be missing.
 */
const problems = (moments: readonly string[], { bindings, checks }: PayloadChecks) => `(
  $given := ${GIVEN};
  ${moments.length > 0 ? IS_MOMENT : ''}
  $payload := $states.input.payload;
  $field := function($of, $name) { $type($of) = 'object' ? $lookup($of, $name) };
  ${bindings.join('\n  ')}
  $debug := ${MERGED};
  $isIds := function($value) {
    $type($value) = 'array' and $count($value[$not($type($) = 'string')]) = 0
  };
  $unknown := $type($given) = 'object'
    ? [$keys($given)[$not($ in [${SWITCH_NAMES.map((name) => `'${name}'`).join(', ')}])]] : [];
  $join([
    $not($type($payload) = 'object') ? 'payload: expected an object',${checks
      .map((check) => `\n    ${check},`)
      .join('')}
    $exists($given) and $not($type($given) in ['object', 'null']) ? 'debug: expected an object',
    $count($unknown) > 0
      ? 'debug: no such switch: ' & $join($unknown, ', ') & ' (known: ${SWITCH_NAMES.join(', ')})',
    ${DEBUG_SWITCHES.map(switchProblem).join(',\n    ')}${moments
      .map(
        (moment) => `,
    $not($isMoment(${momentIn(moment)})) ? 'payload.${moment}: expected a timestamp'`,
      )
      .join('')}
  ], '; ')
)`;

/** What is wrong with the value of one switch, the stage's default where the run gives none. */
function switchProblem({ name, takes, orNull }: DebugSwitch): string {
  const value = `$debug.${name}`;
  if (takes === 'boolean') {
    return `$not($type(${value}) = 'boolean') ? 'debug.${name}: expected true or false'`;
  }
  const [isNull, forAll] = orNull
    ? [`$type(${value}) = 'null' or `, ', or null for all']
    : ['', ''];
  return `$not(${isNull}$isIds(${value}))
      ? 'debug.${name}: expected an array of target ids${forAll}'`;
}

function momentIn(path: string): string {
  const keys = path.split('.').map((key) => `\`${key}\``);
  return ['$states.input.payload', ...keys].join('.');
}

/** Ids in a switch that name no target, always an array. */
const UNKNOWN_IDS = `(
  $debug := ${MERGED};
  $ids := [$states.input.${INJECTED}.targets.id];
  [$distinct(${DEBUG_SWITCHES.filter(({ takes }) => takes === 'ids')
    .map(({ name }) => `($type($debug.${name}) = 'array' ? $debug.${name} : [])`)
    .reduce((all, ids) => `$append(${all}, ${ids})`)}[
    $not($ in $ids)
  ])]
)`;

/**
 * The states between *Inject targets* and *Run targets*: nothing runs on an input that is not
 * understood. A misspelt switch or id would otherwise run what the caller meant to leave out.
 */
export function gateStates(
  { moments, conditions, waves, entries }: Plan,
  payload: JsonSchema,
): Record<string, State> {
  const wrong = problems(moments, payloadChecks(payload));
  return {
    [STATE.checkDebug]: jsonataState('Choice', {
      Choices: [
        { Condition: expression(`${wrong} != ''`), Next: STATE.invalidInput },
        { Condition: expression(`$count(${UNKNOWN_IDS}) > 0`), Next: STATE.unknownTarget },
      ],
      Default: STATE.run,
      // Taken with Default: variables spare every iteration a copy of the payload.
      Assign: {
        payload: expression('$states.input.payload'),
        debug: expression(MERGED),
        disabledIn: expression(
          `$type(${GIVEN}) = 'object' and $exists(${GIVEN}.disable) ? 'this run' : 'the stage'`,
        ),
        ...(conditions.size > 0 ? { conditions: conditionValues(conditions) } : {}),
        ...(moments.length > 0 ? { moments: momentValues(moments) } : {}),
        ...(waves > 1 ? { outcomes: [], succeeded: [] } : {}),
        ...(entries.some(({ provides }) => provides !== undefined) ? { outputs: {} } : {}),
      },
    }),
    [STATE.invalidInput]: jsonataState('Fail', {
      Error: 'InvalidInput',
      Cause: expression(`$substring(${wrong}, 0, ${MAX_CAUSE})`),
    }),
    [STATE.unknownTarget]: jsonataState('Fail', {
      Error: 'UnknownTarget',
      Cause: expression(`$substring(
        'debug names no target of this orchestration: ' & $join(${UNKNOWN_IDS}, ', ')
          & '. Its targets: ' & $join([$states.input.${INJECTED}.targets.id], ', '),
        0, ${MAX_CAUSE})`),
    }),
  };
}

/** Every condition once, before anything starts. */
function conditionValues(conditions: Plan['conditions']): Record<string, string> {
  return Object.fromEntries([...conditions].map(([name, text]) => [name, conditionValue(text)]));
}

function momentValues(moments: readonly string[]): Record<string, string> {
  return Object.fromEntries(moments.map((path) => [path, expression(momentIn(path))]));
}
