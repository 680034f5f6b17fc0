import { INJECTED, STATE, type State, stateName } from '@harmony/artifact';
import type { Orchestration } from '../orchestration.ts';
import type { Plan } from './plan.ts';
import { expression, jsonataState } from './jsonata.ts';
import { decideState } from './decide.ts';
import { executeState } from './execute.ts';
import { recordFailureStates } from './failure.ts';
import type { Records } from './records.ts';
import { recordsFor } from './records.ts';
import type { Wave } from './wave.ts';
import { MISSING, policiesIn } from './wave.ts';

type Policies = Pick<Orchestration, 'maxConcurrency' | 'onTargetFailure'>;

/**
 * *Run targets*, once for each wave: one iteration a target. State transitions of an executed
 * target: 2 (the Choice and *Execute*), 3 with a delay. A delayed target holds its place under
 * MaxConcurrency.
 */
export function waveStates(
  plan: Plan,
  { maxConcurrency, onTargetFailure }: Policies,
): Record<string, State> {
  const records = recordsFor(plan.entries);
  const states: Record<string, State> = {};
  for (let number = 1; number <= plan.waves; number++) {
    const entries = plan.entries.filter(({ wave = 1 }) => wave === number);
    const wave = { number, entries, plan, records, catches: onTargetFailure !== 'abort' };
    states[stateName(STATE.run, { wave: number })] = jsonataState('Map', {
      Items: expression(itemsOf(wave)),
      MaxConcurrency: maxConcurrency,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: stateName(STATE.decide, { wave: number }),
        States: processorStates(wave),
      },
      ...(plan.waves === 1 ? { Next: STATE.summarise } : handOver(wave)),
    });
  }
  return states;
}

function itemsOf({ number, plan }: Wave): string {
  const all = `$states.input.${INJECTED}.targets`;
  if (plan.waves === 1) return all;
  // Brackets: a filter gives undefined for none, and the value itself for one.
  return number === 1 ? `[${all}[$not($exists(wave))]]` : `[${all}[wave = ${number}]]`;
}

/** What later waves and *Summarise* need of this one. */
function handOver({ number, entries, plan }: Wave): Record<string, unknown> {
  const provides = entries.some((item) => item.provides !== undefined);
  const results = provides
    ? `[$states.result.$sift(function($value, $key) { $key != 'provided' })]`
    : '$states.result';
  const outcomes = `[$append($outcomes, ${results})]`;
  if (number === plan.waves) return { Output: expression(outcomes), Next: STATE.summarise };
  return {
    Assign: {
      outcomes: expression(outcomes),
      succeeded: expression(`[$append($succeeded, $states.result[status = 'SUCCEEDED'].id)]`),
      ...(provides
        ? {
            outputs: expression(
              `$merge([$outputs, $states.result[$exists(provided)].{ id: provided }])`,
            ),
          }
        : {}),
    },
    Output: expression('$states.input'),
    Next: stateName(STATE.run, { wave: number + 1 }),
  };
}

function processorStates(wave: Wave): Record<string, State> {
  const { entries, number, records, catches, plan } = wave;
  const states: Record<string, State> = {
    [stateName(STATE.decide, { wave: number })]: decideState(wave),
    [stateName(STATE.skip, { wave: number })]: skipState(records, plan.conditions.size > 0),
  };
  if (number > 1) states[stateName(STATE.blocked, { wave: number })] = blockedState(records);
  for (const policy of policiesIn(wave)) {
    const own = entries.filter(({ retry = 0 }) => retry === policy);
    const place = { wave: number, policy };
    const Next = stateName(STATE.execute, place);
    if (own.some(({ delay }) => delay !== undefined)) {
      const Seconds = expression('$states.input.delay');
      states[stateName(STATE.delay, place)] = jsonataState('Wait', { Seconds, Next });
    }
    if (own.some(({ delayUntil }) => delayUntil !== undefined)) {
      const Timestamp = expression('$lookup($moments, $states.input.delayUntil)');
      states[stateName(STATE.delayUntil, place)] = jsonataState('Wait', { Timestamp, Next });
    }
    states[Next] = executeState(own, { ...wave, policy });
  }
  if (catches) {
    Object.assign(states, recordFailureStates(records, number));
  }
  return states;
}

function skipState({ full }: Records, conditions: boolean): State {
  const condition = conditions
    ? `: $not($debug.only = null or $states.input.id in $debug.only) ? 'not in only'
  : 'its condition is not met'`
    : `: 'not in only'`;
  return jsonataState('Pass', {
    Output: {
      id: expression('$states.input.id'),
      ...(full ? { child: expression('$states.input.child') } : {}),
      status: 'SKIPPED',
      reason: expression(`$states.input.disableTarget = true ? 'disabled in the orchestration'
  : $states.input.id in $debug.disable ? 'disabled in ' & $disabledIn
  ${condition}`),
    },
    End: true,
  });
}

function blockedState({ full }: Records): State {
  return jsonataState('Pass', {
    Output: {
      id: expression('$states.input.id'),
      ...(full ? { child: expression('$states.input.child') } : {}),
      status: 'BLOCKED',
      ...(full
        ? { reason: expression(`'its dependency ' & [${MISSING}][0] & ' did not succeed'`) }
        : {}),
      dependency: expression(`[${MISSING}][0]`),
    },
    End: true,
  });
}
