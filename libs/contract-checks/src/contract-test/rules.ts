import type { TargetEntry } from '@harmony/artifact';
import {
  checkCondition,
  checkRetry,
  checkTimes,
  type RuleFinding,
  retryFields,
} from '@harmony/artifact/rules';
import type { StateMachine } from '@harmony/assembly';
import type { Surroundings } from './surroundings.ts';

/** What a definition is held to, asked of what it was rendered to, however that came about. */
export function checkRules(
  { rendered, orchestration, order }: Surroundings,
  target: TargetEntry,
  child: StateMachine,
): RuleFinding[] {
  const { when, delay, delayUntil, timeout } = target;
  const { payload } = orchestration;
  return [
    ...checkTimes({ delay, delayUntil, timeout }, { payload, timeout: rendered.timeout }),
    ...checkChildTimeout(target, child, rendered.timeout),
    ...(when === undefined ? [] : checkCondition(rendered.conditions.get(when), payload)),
    ...(order.get(target.id) ?? []),
    ...rendered.retriersOf(target).flatMap((retrier) => checkRetry(retryFields(retrier))),
  ];
}

/**
 * A target or a run that gives up before the child does leaves the child running: Step Functions
 * documents no abort of a child when what waits for it times out.
 */
function checkChildTimeout(
  { timeout }: TargetEntry,
  child: StateMachine,
  whole: number,
): RuleFinding[] {
  const own = child.definition.TimeoutSeconds;
  const finding = (reason: string): RuleFinding[] => [{ code: 'TIMEOUT', path: 'timeout', reason }];
  if (typeof own !== 'number') {
    if (timeout === undefined) return [];
    return finding(`is ${timeout} seconds, but ${child.name} has no timeout of its own`);
  }
  if (timeout !== undefined && timeout < own) {
    return finding(
      `is ${timeout} seconds, shorter than the ${own} that ${child.name} itself may take`,
    );
  }
  if (own <= whole) return [];
  return finding(
    `of the orchestration is ${whole} seconds, shorter than the ${own} that ${child.name} itself may take`,
  );
}
