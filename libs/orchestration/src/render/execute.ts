import type { State, TargetEntry } from '@harmony/artifact';
import { expression, jsonataState } from './jsonata.ts';
import { dateOf, recordingCatchers, recordingState } from './failure.ts';
import type { Wave } from './wave.ts';

/** Waits for the child and gives its output as JSON, not as text. A run of another partition ends there. */
const startChild = (partition: string) => `arn:${partition}:states:::states:startExecution.sync:2`;

/** A Task's own default, in seconds. https://states-language.net/#timeouts-and-heartbeats */
const NO_TIMEOUT = 99_999_999;

/**
 * The configuration with the values of earlier targets put in. Only fields of objects are ever
 * set: JSONata would flatten the lists that it passes through.
 */
const FILLED = `(
  $put := function($node, $keys, $at, $value) {
    $at = $count($keys) ? $value
      : $merge([$node, { $keys[$at]: $put($lookup($node, $keys[$at]), $keys, $at + 1, $value) }])
  };
  $exists($states.input.references)
    ? $reduce($states.input.references, function($filled, $reference) {
        $put($filled, [$split($reference.at, '/')[$ != '']], 0,
          $lookup($lookup($outputs, $reference.target), $reference.from))
      }, $states.input.configuration)
    : $states.input.configuration
)`;

/** What of a child's output later targets take, by pointer. */
const PROVIDED = `$states.input.provides.{
  $: $ = '' ? $states.result.Output
    : $reduce([$split($, '/')[$ != '']], function($node, $key) { $lookup($node, $key) }, $states.result.Output)
}`;

/**
 * No fixed execution `Name`: a retry or a redrive starts a new child, and Step Functions refuses
 * the name of a closed execution for 90 days. `runId` is the idempotency key instead.
 *
 * @param entries the targets that share the state: those of one wave with one retry policy
 */
export function executeState(
  entries: readonly TargetEntry[],
  { number, plan, records, catches, policy }: Wave & { readonly policy: number },
): State {
  const refers = entries.some(({ references }) => references !== undefined);
  const times = entries.some(({ timeout }) => timeout !== undefined);
  const retriers = plan.policies[policy] ?? [];
  const recordFailure = recordingState(records, number);
  return jsonataState('Task', {
    Resource: startChild(plan.partition ?? 'aws'),
    Arguments: {
      StateMachineArn: expression('$states.input.stateMachineArn'),
      Input: {
        NeedCallback: false,
        AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: expression('$states.context.Execution.Id'),
        runId: expression("$states.context.Execution.Name & ':' & $states.input.id"),
        payload: expression('$payload'),
        configuration: expression(refers ? FILLED : '$states.input.configuration'),
      },
    },
    // The result repeats the child's whole input and output: a Map of them would outgrow 256 KiB.
    Output: expression(outputOf(entries, records.full)),
    ...(times
      ? {
          TimeoutSeconds: expression(
            `$exists($states.input.timeout) ? $states.input.timeout : ${NO_TIMEOUT}`,
          ),
        }
      : {}),
    ...(retriers.length > 0 ? { Retry: retriers } : {}),
    ...(catches ? { Catch: recordingCatchers(records, recordFailure) } : {}),
    End: true,
  });
}

function outputOf(entries: readonly TargetEntry[], full: boolean): string {
  const kept = `{ 'id': $states.input.id,
    ${full ? `'child': $states.input.child,` : ''}
    'status': $states.result.Status,
    'executionArn': $states.result.ExecutionArn
    ${
      full
        ? `, 'attempts': $states.context.State.RetryCount + 1,
    'startDate': ${dateOf('$states.result.StartDate')},
    'stopDate': ${dateOf('$states.result.StopDate')}`
        : ''
    } }`;
  const more = [
    ...(entries.some(({ keepOutput }) => keepOutput === true)
      ? [`$states.input.keepOutput = true ? { 'output': $states.result.Output }`]
      : []),
    ...(entries.some(({ provides }) => provides !== undefined)
      ? [`$exists($states.input.provides) ? { 'provided': $merge([${PROVIDED}]) }`]
      : []),
  ];
  return more.length === 0 ? kept : `$merge([${[kept, ...more].join(', ')}])`;
}
