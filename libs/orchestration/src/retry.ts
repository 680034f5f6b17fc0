import type { Retrier } from '@harmony/artifact';

/**
 * What Step Functions answers when it throttles StartExecution or cannot take it: no child ran.
 *
 * `ExecutionLimitExceeded` is in the developer guide's own example; integrations also name errors
 * after the exceptions of the SDK that Step Functions calls with, and what that SDK has no name
 * for (throttling, 5xx) after its base exception. A name that never comes costs nothing.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 * https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html
 */
export const START_FAILURES = [
  'StepFunctions.ExecutionLimitExceeded',
  'StepFunctions.ExecutionLimitExceededException',
  'StepFunctions.ThrottlingException',
  'StepFunctions.ServiceUnavailableException',
  'StepFunctions.AWSStepFunctionsException',
  'StepFunctions.SfnException',
  'StepFunctions.SdkClientException',
] as const;

/** When a target's child is started again. Every field has a default. */
export interface RetryPolicy {
  /** How often at most the child is asked to start, the first time included. Default 4. */
  readonly attempts?: number;
  /** Seconds before the second attempt. Default 5. */
  readonly interval?: number;
  /** By how much each wait is longer than the last. Default 3. */
  readonly backoff?: number;
  /** Seconds that a wait has at most. Default 60, or twice the interval where that is longer. */
  readonly maxDelay?: number;
  /**
   * The errors that are repeated, `START_FAILURES` unless told. `States.TaskFailed` is a child
   * that failed on its own account, `States.Timeout` one that outlived the target's `timeout`.
   * Where start failures are not named they keep their default policy.
   */
  readonly errors?: readonly string[];
}

/**
 * Up to 5, 15 and 45 s: longer than the bucket of StartExecution needs to fill again, and few
 * enough that a thousand targets which are all throttled stay below 25,000 events.
 */
export const DEFAULT_RETRY: Required<RetryPolicy> = {
  attempts: 4,
  interval: 5,
  backoff: 3,
  maxDelay: 60,
  errors: START_FAILURES,
};

/** A policy with its defaults. */
export function completeRetry(policy: RetryPolicy): Required<RetryPolicy> {
  const { interval = DEFAULT_RETRY.interval } = policy;
  const maxDelay = Math.max(DEFAULT_RETRY.maxDelay, 2 * interval);
  return { ...DEFAULT_RETRY, maxDelay, ...policy };
}

/** The `Retry` of a policy; targets with an equal one share a state. */
export function retriersOf(policy: RetryPolicy = {}): readonly Retrier[] {
  const own = completeRetry(policy);
  const named = new Set(own.errors);
  const rest = named.has('States.ALL') ? [] : START_FAILURES.filter((error) => !named.has(error));
  // The first retrier that matches counts, and States.TaskFailed matches start failures too.
  return [...retrier({ ...DEFAULT_RETRY, errors: rest }), ...retrier(own)];
}

function retrier(policy: Required<RetryPolicy>): Retrier[] {
  if (policy.errors.length === 0 || policy.attempts === 1) return [];
  return [
    {
      ErrorEquals: [...policy.errors],
      IntervalSeconds: policy.interval,
      BackoffRate: policy.backoff,
      MaxDelaySeconds: policy.maxDelay,
      MaxAttempts: policy.attempts - 1,
      // Targets that were throttled together would otherwise come again together.
      JitterStrategy: 'FULL',
    },
  ];
}
