import { type OnTargetFailure, STATE, type State } from '@harmony/artifact';
import { OUTCOME_STATUSES } from '../outcomes/outcome.ts';
import { expression, jsonataState } from './jsonata.ts';
import { MAX_CAUSE } from './gate.ts';

/**
 * A blocked target is no failure of its own: what it waited for failed, or was left out on purpose.
 * Brackets make an array of none, one or many: a JSONata filter alone gives undefined or a value.
 */
const FAILED = `[$states.input.outcomes[status in ['FAILED', 'TIMED_OUT', 'ABORTED']]]`;

/** The states after *Run targets*: the outcomes and counts, and by policy a failed run. */
export function summaryStates(onTargetFailure: OnTargetFailure): Record<string, State> {
  const count = (status: string) => expression(`$count([$states.input[status = '${status}']])`);
  const summarise = {
    Output: {
      outcomes: expression('[$states.input]'),
      counts: Object.fromEntries(OUTCOME_STATUSES.map((status) => [status, count(status)])),
    },
  };
  if (onTargetFailure !== 'failAtEnd') {
    return { [STATE.summarise]: jsonataState('Pass', { ...summarise, End: true }) };
  }
  return {
    [STATE.summarise]: jsonataState('Pass', { ...summarise, Next: STATE.anyFailed }),
    [STATE.anyFailed]: jsonataState('Choice', {
      Choices: [{ Condition: expression(`$count(${FAILED}) > 0`), Next: STATE.failed }],
      Default: STATE.succeeded,
    }),
    [STATE.failed]: jsonataState('Fail', {
      Error: 'TargetsFailed',
      Cause: expression(`(
        $failed := ${FAILED};
        $substring(
          $count($failed) & ' of ' & $count([$states.input.outcomes]) & ' targets failed: '
            & $join([$failed.id], ', '),
          0, ${MAX_CAUSE})
      )`),
    }),
    [STATE.succeeded]: { Type: 'Succeed', QueryLanguage: 'JSONata' },
  };
}
