import type { AwsCall } from './call.ts';
import type { CallModel } from './models/models.ts';
import { nearest } from './nearest.ts';

type Known = Extract<CallModel, { kind: 'known' }>;

/** Errors of Step Functions itself. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const STATES = `ALL BranchFailed DataLimitExceeded ExceedToleratedFailureThreshold HeartbeatTimeout
  Http.Socket IntrinsicFailure ItemReaderFailed NoChoiceMatched ParameterPathFailure Permissions
  QueryEvaluationError ResultPathMatchFailure ResultWriterFailed Runtime TaskFailed Timeout`
  .split(/\s+/)
  .map((name) => `States.${name}`);

/** Of integrations those with errors that no model names. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  'events:putEvents': ['FailedEntry'],
  'lambda:invoke': ['Unknown', 'ClientExecutionTimeoutException'],
};

/** What the SDK behind Step Functions throws by itself, and for an error that no model names. */
const OF_THE_SDK =
  /^(?:Sdk\w*Exception|(?:Amazon|AWS|Aws)\w*Exception|Abort\w*Exception|ApiCall\w+Exception)$/;

/**
 * Whether a call can give an error; `near` is the one that may have been meant. What cannot be told
 * (a function's own errors, those of whoever answers a task token) can.
 */
export function canGive(
  error: string,
  call: AwsCall,
  model: Known,
): { readonly can: true } | { readonly can: false; readonly near: string | undefined } {
  const { errorPrefix: prefix, errors } = model;
  if (error.startsWith('States.')) {
    if (STATES.includes(error) || /^States\.Http\.StatusCode\.\d{3}$/.test(error))
      return { can: true };
    return { can: false, near: nearest(error, STATES) };
  }
  if (call.waits === 'waitForTaskToken' || errors === undefined) return { can: true };
  // A function's own errors have the names that it gives them.
  if (call.service === 'lambda' && !error.startsWith('Lambda.')) return { can: true };
  const own = OWN[`${call.service}:${call.action}`] ?? [];
  const names = [...errors, ...own, `${prefix}Exception`, 'SdkClientException'];
  const isOptimised = call.integration === 'optimised';
  const same = (one: string, other: string) =>
    isOptimised ? one.toLowerCase() === other.toLowerCase() : one === other;
  const [before = '', ...rest] = error.split('.');
  const after = rest.join('.');
  if (same(before, prefix) && (names.some((name) => same(name, after)) || OF_THE_SDK.test(after))) {
    return { can: true };
  }
  const whole = names.map((name) => `${prefix}.${name}`);
  const completed = whole.find((name) => name === `${error}Exception`);
  return { can: false, near: completed ?? nearest(error, whole) };
}
