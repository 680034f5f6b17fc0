import type { HistoryEvent } from '@harmony/engine';
import type { Outcome } from '@harmony/orchestration/outcomes';
import type { ExecutionSummary, RunReport } from '../report.ts';
import type { FailurePlace } from './failure-places.ts';
import type { RefusedOutput } from './refused-outputs.ts';
import type { RunModel } from './run-model.ts';
import type { TimelineRow } from './timeline.ts';

/** One execution of a run with all that happened in it. */
export interface ExecutionDocument extends ExecutionSummary {
  /** As GetExecutionHistory gives it; empty where the run had more events than are kept. */
  readonly history: readonly HistoryEvent[];
}

/** All that is known of a finished run: what `--json` prints and `.harmony/runs` keeps. */
export interface RunDocument extends Omit<RunReport, 'history' | 'executions'> {
  /** Raised when what is here means something else. */
  readonly format: 1;
  /** Where it failed, as deep as it goes. */
  readonly failure?: FailurePlace;
  /** Outputs that contracts refuse; absent without any. */
  readonly refusedOutputs?: readonly RefusedOutput[];
  /** Of an orchestrator: what became of each target. */
  readonly outcomes?: readonly Outcome[];
  /** Of an orchestrator: when each target ran, and where its child failed; in the order of `outcomes`. */
  readonly timeline?: readonly Omit<TimelineRow, 'outcome'>[];
  /** In order of their start; the first is the run itself. */
  readonly executions: readonly ExecutionDocument[];
}

/** @param model that has seen the run, and its end */
export function runDocument(report: RunReport, model: RunModel): RunDocument {
  const { history, executions, ...rest } = report;
  const { failedAt: failure, outcomes, refused } = model;
  return {
    format: 1,
    ...rest,
    ...(failure === undefined ? {} : { failure }),
    ...(refused.length === 0 ? {} : { refusedOutputs: refused }),
    ...(outcomes === undefined
      ? {}
      : { outcomes, timeline: model.timeline.map(({ outcome: _outcome, ...row }) => row) }),
    executions: executions.map((execution) => ({
      ...execution,
      history:
        execution.executionArn === report.executionArn
          ? history
          : (model.histories.of(execution.executionArn)?.events ?? []),
    })),
  };
}

/** The targets' parts of a run, as they were before they were written down. */
export function timelineIn({ outcomes = [], timeline = [] }: RunDocument): readonly TimelineRow[] {
  return outcomes.flatMap((outcome, index) => {
    const row = timeline[index];
    return row === undefined ? [] : [{ outcome, ...row }];
  });
}
