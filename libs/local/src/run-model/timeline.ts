import type { Outcome } from '@harmony/orchestration/outcomes';
import type { FailurePlace } from './failure-places.ts';
import type { TargetProgress } from './target-progress.ts';

/** One target's part of a finished run. Times are milliseconds since the epoch, on the run's clock. */
export interface TimelineRow {
  readonly outcome: Outcome;
  /** When its delay began, where it had one. */
  readonly delayedFrom?: number | undefined;
  /** When its child was first asked to start; after the delay. */
  readonly started?: number | undefined;
  readonly ended?: number | undefined;
  /** Where its child failed, as deep as it goes. */
  readonly failedAt?: FailurePlace | undefined;
}

/** Outcomes with what only the watching of the run tells. */
export function timelineOf(
  outcomes: readonly Outcome[],
  targets: readonly TargetProgress[],
  failedAt: (executionArn: string) => FailurePlace | undefined,
): readonly TimelineRow[] {
  const seen = new Map(targets.map((target) => [target.id, target]));
  return outcomes.map((outcome) => {
    const { id, executionArn, startDate, stopDate } = outcome;
    return {
      outcome,
      delayedFrom: seen.get(id)?.delayedFrom,
      started: millis(startDate),
      ended: millis(stopDate),
      failedAt: executionArn === undefined ? undefined : failedAt(executionArn),
    };
  });
}

function millis(date: string | undefined): number | undefined {
  return date === undefined ? undefined : Date.parse(date);
}
