import type { TaskEvent } from './task-event.ts';

/** The keys on every log line of a handler; with them one query follows a run through all children. */
export interface LogKeys {
  /** The state machine's name, stage included: `prod-billing-alerts`. */
  workflow: string;
  state: string;
  executionArn: string;
  /** The orchestrator's execution, or `none` when the child was started on its own. */
  parentExecutionArn: string;
  /** The orchestrator's id for this target's run; the execution's own name when there is none. */
  runId: string;
}

/**
 * Read from the *execution's* input, not the state's: a state may see any shape, while the
 * orchestrator's additions always stand in what the execution was started with.
 */
export function logKeys({ context }: TaskEvent): LogKeys {
  const started = asRecord(context.Execution.Input);
  return {
    workflow: context.StateMachine.Name,
    state: context.State.Name,
    executionArn: context.Execution.Id,
    // Powertools drops empty values from a line; a word keeps the key on every line.
    parentExecutionArn: text(started.AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID) ?? 'none',
    runId: text(started.runId) ?? context.Execution.Name,
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
