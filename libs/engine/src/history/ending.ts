import type { ExecutionStatus } from '../types.ts';
import type { HistoryEventType } from './events.ts';

const ENDINGS = new Map<HistoryEventType, Exclude<ExecutionStatus, 'RUNNING'>>([
  ['ExecutionSucceeded', 'SUCCEEDED'],
  ['ExecutionFailed', 'FAILED'],
  ['ExecutionTimedOut', 'TIMED_OUT'],
  ['ExecutionAborted', 'ABORTED'],
]);

/** The status in which an event of this type leaves its execution; undefined where that goes on. */
export function endingOf(type: HistoryEventType): Exclude<ExecutionStatus, 'RUNNING'> | undefined {
  return ENDINGS.get(type);
}
