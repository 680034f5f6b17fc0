import type { Retrier } from '../definition.ts';
import type { RuleFinding } from './finding.ts';

/** When a target's child is started again, every field given. */
export interface RetryFields {
  /** How often at most the child is asked to start, the first time included. */
  readonly attempts: number;
  /** Seconds before the second attempt. */
  readonly interval: number;
  /** By how much each wait is longer than the last. */
  readonly backoff: number;
  /** Seconds that a wait has at most. */
  readonly maxDelay: number;
  readonly errors: readonly string[];
}

/** A rendered retrier in the terms of its author. */
export function retryFields(retrier: Retrier): RetryFields {
  return {
    attempts: retrier.MaxAttempts + 1,
    interval: retrier.IntervalSeconds,
    backoff: retrier.BackoffRate,
    maxDelay: retrier.MaxDelaySeconds,
    errors: retrier.ErrorEquals,
  };
}

/**
 * Names that the Task of a target can fail with. A child's own error is none of them: whatever it
 * was, `.sync:2` gives `States.TaskFailed`.
 */
const RETRYABLE = /^(States\.(ALL|TaskFailed|Timeout)|StepFunctions\.[A-Za-z]+)$/;

/** Step Functions' bounds. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const MAX_ATTEMPTS = 99_999_999;
const MAX_INTERVAL = 99_999_999;
const MAX_DELAY = 31_622_400;

/** What Step Functions would refuse of a policy, or what would never come. */
export function checkRetry(retry: RetryFields): RuleFinding[] {
  const { attempts, interval, backoff, maxDelay, errors } = retry;
  const findings: RuleFinding[] = [];
  const check = (key: string, value: unknown, fine: boolean, expected: string) => {
    if (!fine) findings.push(finding(`.${key}`, `expected ${expected}, got ${String(value)}`));
  };
  const whole = (value: number, min: number, max: number) =>
    Number.isInteger(value) && value >= min && value <= max;
  check(
    'attempts',
    attempts,
    whole(attempts, 1, MAX_ATTEMPTS),
    'an integer of 1 (no retry) or more',
  );
  check('interval', interval, whole(interval, 1, MAX_INTERVAL), 'whole seconds of 1 or more');
  check('backoff', backoff, Number.isFinite(backoff) && backoff >= 1, 'a factor of 1 or more');
  check(
    'maxDelay',
    maxDelay,
    whole(maxDelay, 1, MAX_DELAY - 1) && maxDelay > interval,
    `whole seconds above the interval (${interval}) and below ${MAX_DELAY}`,
  );
  return [...findings, ...checkErrors(errors)];
}

function checkErrors(errors: readonly string[]): RuleFinding[] {
  if (!Array.isArray(errors) || errors.length === 0) {
    return [finding('.errors', 'expected at least one error name; attempts: 1 means no retry')];
  }
  const findings = errors.flatMap((error: unknown, index): RuleFinding[] => {
    if (typeof error === 'string' && RETRYABLE.test(error)) return [];
    const why = `whatever error a child fails with, its target sees States.TaskFailed`;
    const known = 'States.TaskFailed, States.Timeout, States.ALL or StepFunctions.…';
    const reason = `"${String(error)}" never comes: ${why}; expected ${known}`;
    return [finding(`.errors[${index}]`, reason)];
  });
  if (errors.includes('States.ALL') && errors.length > 1) {
    findings.push(finding('.errors', 'States.ALL stands alone: it names every error'));
  }
  return findings;
}

function finding(below: string, reason: string): RuleFinding {
  return { code: 'RETRY', path: `retry${below}`, reason };
}
