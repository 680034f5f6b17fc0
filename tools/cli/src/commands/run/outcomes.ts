import { readOutcomes } from '@harmony/orchestration/outcomes';
import type { Outcome } from '@harmony/orchestration/outcomes';
import type { StateMachine } from '@harmony/assembly';
import type { RunReport } from '@harmony/local';
import type { ProgressModel } from './target-progress.ts';
import type { TimelineRow } from './timeline.ts';

/** The outcome of every target of an orchestrator's run; undefined for a child's. */
export function outcomesOf(
  machine: StateMachine,
  report: RunReport,
): readonly Outcome[] | undefined {
  if (machine.orchestration === undefined) return undefined;
  return readOutcomes({ definition: machine.definition, events: report.history });
}

/** Outcomes with what only the watching of the run tells: when a delay began. */
export function timelineRows(
  outcomes: readonly Outcome[],
  model: ProgressModel,
): readonly TimelineRow[] {
  const seen = new Map(model.targets.map((target) => [target.id, target]));
  return outcomes.map((outcome) => {
    const target = seen.get(outcome.id);
    const { id, child, status, reason, error, cause } = outcome;
    const output = outcome.output === undefined ? undefined : JSON.stringify(outcome.output);
    return {
      id,
      child,
      status,
      reason,
      error,
      cause,
      output,
      delayedFrom: target?.delayedFrom,
      started: millis(outcome.startDate),
      ended: millis(outcome.stopDate),
    };
  });
}

function millis(date: string | undefined): number | undefined {
  return date === undefined ? undefined : Date.parse(date);
}
