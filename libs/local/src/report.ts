import type { ExecutionStatus, HistoryEvent, Json } from '@harmony/engine';

/** One execution of a run: the one that was started, or one that it led to. */
export interface ExecutionSummary {
  readonly executionArn: string;
  /** Name of the state machine. */
  readonly stateMachine: string;
  readonly status: ExecutionStatus;
  /** ISO 8601, on the run's clock. */
  readonly startDate: string;
  /** Absent while it still runs: a child started without waiting for it. */
  readonly stopDate?: string;
  readonly parentExecutionArn?: string;
}

/** What became of a run. Output is there when it succeeded; error and cause when it did not. */
export interface RunReport {
  readonly executionArn: string;
  readonly stateMachine: string;
  readonly status: ExecutionStatus;
  readonly startDate: string;
  readonly stopDate: string;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  /** Of every execution, what a Task lacked that no mock has answered; absent when nothing did. */
  readonly missingMocks?: readonly string[];
  /** In order of their start; the first is the run itself. */
  readonly executions: readonly ExecutionSummary[];
  /** The run's own history, as GetExecutionHistory gives it: outcomes are read from it. */
  readonly history: readonly HistoryEvent[];
}
