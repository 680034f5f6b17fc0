import { EngineError } from '../engine-error.ts';
import type { ExecutionStatus } from '../types.ts';
import type { ThreadExecution } from './port.ts';

/** AWS documentation, "Restarting state machine executions with redrive". */
const WINDOW_MS = 14 * 24 * 3600 * 1000;

interface StoppedExecution extends Pick<ThreadExecution, 'arn' | 'options' | 'services'> {
  readonly status: ExecutionStatus;
  readonly stopDate: number | undefined;
  readonly eventCount: number;
}

/**
 * Whether an execution may be redriven, and the event that ExecutionRedriven follows.
 * @throws EngineError code ExecutionNotRedrivable
 */
export function redrivePlan(execution: StoppedExecution): { pointer: number } {
  const { status, options } = execution;
  const refuse = (why: string): never => {
    throw new EngineError(
      'ExecutionNotRedrivable',
      `Execution '${execution.arn}' cannot be redriven: ${why}`,
    );
  };
  if (options.type !== 'STANDARD') refuse('only Standard executions can.');
  if (status === 'RUNNING' || status === 'SUCCEEDED') {
    refuse(`its status is ${status}; only failed, timed-out and aborted executions can.`);
  }
  const age = execution.services.scheduler.now() - (execution.stopDate ?? 0);
  if (age > WINDOW_MS) refuse('it ended more than 14 days ago.');
  if (execution.eventCount >= execution.services.limits.historyEvents - 1) {
    refuse('its history is full.');
  }
  return { pointer: execution.eventCount };
}
