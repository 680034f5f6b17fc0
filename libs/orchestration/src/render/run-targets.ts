import type { OnTargetFailure } from '../orchestration.ts';
import type { State, TargetEntry } from './definition.ts';
import { expression, jsonataState, STATE } from './definition.ts';
import { recordFailureState, recordingCatchers } from './failure.ts';

/** Waits for the child and gives its output as JSON, not as text. */
const START_CHILD = 'arn:aws:states:::states:startExecution.sync:2';

const SKIPPED = `$states.input.disableTarget = true
  or $states.input.id in $debug.disable
  or ($type($debug.only) = 'array' and $not($states.input.id in $debug.only))`;

const SKIP_REASON = `$states.input.disableTarget = true ? 'disabled in the orchestration'
  : $states.input.id in $debug.disable ? 'disabled in ' & $disabledIn
  : 'not in only'`;

/**
 * *Run targets*: one iteration a target. State transitions of an executed target: 2 (the Choice
 * and *Execute*), 3 with a delay. A delayed target holds its place under MaxConcurrency.
 */
export function runTargetsState(args: {
  readonly targets: readonly TargetEntry[];
  readonly maxConcurrency: number;
  readonly onTargetFailure: OnTargetFailure;
}): State {
  const { targets, maxConcurrency, onTargetFailure } = args;
  // Uncaught, a failure stops the other iterations, which is what `abort` asks for.
  const records = onTargetFailure !== 'abort';
  const delays = targets.some((target) => target.delay !== undefined);
  const keeps = targets.some((target) => target.keepOutput === true);
  return jsonataState('Map', {
    Items: expression('$states.input.orchestration.targets'),
    MaxConcurrency: maxConcurrency,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'INLINE' },
      StartAt: STATE.decide,
      States: {
        [STATE.decide]: jsonataState('Choice', {
          Choices: [
            { Condition: expression(SKIPPED), Next: STATE.skip },
            ...(delays ? [delayRule()] : []),
          ],
          Default: STATE.execute,
        }),
        [STATE.skip]: jsonataState('Pass', {
          Output: {
            id: expression('$states.input.id'),
            status: 'SKIPPED',
            reason: expression(SKIP_REASON),
          },
          End: true,
        }),
        ...(delays ? { [STATE.delay]: delayState() } : {}),
        [STATE.execute]: executeState({ records, keeps }),
        ...(records ? { [STATE.recordFailure]: recordFailureState(targets.length) } : {}),
      },
    },
    Next: STATE.summarise,
  });
}

function delayRule(): unknown {
  const condition = '$exists($states.input.delay) and $not($debug.skipDelays)';
  return { Condition: expression(condition), Next: STATE.delay };
}

function delayState(): State {
  return jsonataState('Wait', {
    Seconds: expression('$states.input.delay'),
    Next: STATE.execute,
  });
}

/**
 * No fixed execution `Name`: a retry or a redrive starts a new child, and Step Functions refuses
 * the name of a closed execution for 90 days. `runId` is the idempotency key instead.
 */
function executeState({ records, keeps }: { records: boolean; keeps: boolean }): State {
  const kept = `{ 'id': $states.input.id, 'status': $states.result.Status,
    'executionArn': $states.result.ExecutionArn }`;
  const output = keeps
    ? `$merge([${kept}, $states.input.keepOutput = true ? { 'output': $states.result.Output }])`
    : kept;
  return jsonataState('Task', {
    Resource: START_CHILD,
    Arguments: {
      StateMachineArn: expression('$states.input.stateMachineArn'),
      Input: {
        NeedCallback: false,
        AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: expression('$states.context.Execution.Id'),
        runId: expression("$states.context.Execution.Name & ':' & $states.input.id"),
        payload: expression('$payload'),
        configuration: expression('$states.input.configuration'),
      },
    },
    // The result repeats the child's whole input and output: a Map of them would outgrow 256 KiB.
    Output: expression(output),
    ...(records ? { Catch: recordingCatchers() } : {}),
    End: true,
  });
}
