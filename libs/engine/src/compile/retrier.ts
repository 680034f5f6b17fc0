import type { Failure } from '../core/failure.ts';
import type { JsonObject } from '../json.ts';
import { errorMatcher } from './error-matcher.ts';

/** One entry of Retry. */
export interface Retrier {
  readonly matches: (how: Failure) => boolean;
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly fullJitter: boolean;
  /** Told of each attempt that it grants. */
  readonly taken?: (() => void) | undefined;
}

/** Defaults: AWS documentation, "Handling errors", Retry fields. */
export function compileRetrier(retrier: JsonObject): Retrier {
  const number = (field: string, fallback: number): number => {
    const value = retrier[field];
    return typeof value === 'number' ? value : fallback;
  };
  return {
    matches: errorMatcher(retrier['ErrorEquals']),
    intervalSeconds: number('IntervalSeconds', 1),
    maxAttempts: number('MaxAttempts', 3),
    backoffRate: number('BackoffRate', 2),
    maxDelaySeconds: number('MaxDelaySeconds', Infinity),
    fullJitter: retrier['JitterStrategy'] === 'FULL',
  };
}
