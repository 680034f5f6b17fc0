import { STATE, type State, stateName } from '@harmony/artifact';
import { expression, jsonataState } from './jsonata.ts';
import type { Wave } from './wave.ts';
import { MISSING, policiesIn } from './wave.ts';

const LEFT_OUT = `$states.input.disableTarget = true
  or $states.input.id in $debug.disable
  or ($type($debug.only) = 'array' and $not($states.input.id in $debug.only))`;

const UNMET = `($exists($states.input.when) and $not($lookup($conditions, $states.input.when)))`;

/**
 * *Skip, delay or execute*: one transition decides all of it, so the states after a delay and the
 * policy of a retry are rules of this Choice too, and rules that no target needs are left out.
 */
export function decideState(wave: Wave): State {
  const { number, entries, plan } = wave;
  const [first = 0, ...others] = policiesIn(wave);
  const conditional = plan.conditions.size > 0;
  const rules = [
    rule(
      conditional ? `${LEFT_OUT}\n or ${UNMET}` : LEFT_OUT,
      stateName(STATE.skip, { wave: number }),
    ),
  ];
  if (number > 1) {
    // A target of a later wave waits for one at least.
    rules.push(rule(`$count(${MISSING}) > 0`, stateName(STATE.blocked, { wave: number })));
  }
  for (const policy of [...others, first]) {
    const own = entries.filter(({ retry = 0 }) => retry === policy);
    const place = { wave: number, policy };
    const mine = policy === first ? '' : `$states.input.retry = ${policy} and `;
    if (own.some(({ delay }) => delay !== undefined)) {
      const delayed = `${mine}$exists($states.input.delay) and $not($debug.skipDelays)`;
      rules.push(rule(delayed, stateName(STATE.delay, place)));
    }
    if (own.some(({ delayUntil }) => delayUntil !== undefined)) {
      const delayed = `${mine}$exists($states.input.delayUntil) and $not($debug.skipDelays)`;
      rules.push(rule(delayed, stateName(STATE.delayUntil, place)));
    }
    if (policy !== first) {
      rules.push(rule(`$states.input.retry = ${policy}`, stateName(STATE.execute, place)));
    }
  }
  return jsonataState('Choice', {
    Choices: rules,
    Default: stateName(STATE.execute, { wave: number, policy: first }),
  });
}

function rule(condition: string, Next: string): { Condition: string; Next: string } {
  return { Condition: expression(condition), Next };
}
