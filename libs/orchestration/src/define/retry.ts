import type { Issue } from '@harmony/contract';
import type { RetryPolicy } from '../retry.ts';
import { completeRetry, RETRYABLE } from '../retry.ts';

/** Step Functions' bounds. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const MAX_ATTEMPTS = 99_999_999;
const MAX_INTERVAL = 99_999_999;
const MAX_DELAY = 31_622_400;

export function checkRetry(retry: RetryPolicy | undefined, path: string): Issue[] {
  if (retry === undefined) return [];
  const { attempts, interval, backoff, maxDelay, errors } = completeRetry(retry);
  const issues: Issue[] = [];
  const check = (key: string, value: unknown, fine: boolean, expected: string) => {
    if (!fine)
      issues.push({
        path: `${path}.${key}`,
        message: `expected ${expected}, got ${String(value)}`,
      });
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
  return [...issues, ...checkErrors(errors, `${path}.errors`)];
}

function checkErrors(errors: readonly string[], path: string): Issue[] {
  if (!Array.isArray(errors) || errors.length === 0) {
    return [{ path, message: 'expected at least one error name; attempts: 1 means no retry' }];
  }
  const issues = errors.flatMap((error: unknown, index): Issue[] => {
    if (typeof error === 'string' && RETRYABLE.test(error)) return [];
    const why = `whatever error a child fails with, its target sees States.TaskFailed`;
    const known = 'States.TaskFailed, States.Timeout, States.ALL or StepFunctions.…';
    return [
      {
        path: `${path}[${index}]`,
        message: `"${String(error)}" never comes: ${why}; expected ${known}`,
      },
    ];
  });
  if (errors.includes('States.ALL') && errors.length > 1) {
    issues.push({ path, message: 'States.ALL stands alone: it names every error' });
  }
  return issues;
}
