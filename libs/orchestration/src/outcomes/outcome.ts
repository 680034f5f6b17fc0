import type { Json } from '@harmony/schema';

export const OUTCOME_STATUSES = [
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
  'ABORTED',
  'SKIPPED',
  'BLOCKED',
  'NOT_STARTED',
] as const;

export type OutcomeStatus = (typeof OUTCOME_STATUSES)[number];

/** What became of one target in one run. Dates are ISO 8601 in UTC, on the run's clock. */
export interface Outcome {
  readonly id: string;
  readonly child: string;
  readonly status: OutcomeStatus;
  /** Why it did not run: disabled, not in `only`, its condition, a dependency, the run ended. */
  readonly reason?: string;
  /** Of a blocked target: the id of the target that did not succeed. */
  readonly dependency?: string;
  /** The child's own error and cause, not those of the envelope around them. */
  readonly error?: string;
  readonly cause?: string;
  readonly executionArn?: string;
  /** When its child was first asked to start; after the delay. */
  readonly startDate?: string;
  readonly stopDate?: string;
  /** How often a child was started for it. */
  readonly attempts?: number;
  /** What the child put out. */
  readonly output?: Json;
}
