import type { HistoryEvent } from '@harmony/engine';
import type { Store } from '../store/store.ts';

const error = 'Harmony.ServerEnded';
const cause = 'The server ended while this execution ran; its history ends where it was.';

/** What ran when an earlier server ended is over: nothing goes on with it. */
export function abortUnfinished(store: Store): void {
  const everything = { offset: 0, limit: Number.MAX_SAFE_INTEGER - 1 };
  for (const { executionArn } of store.executions({ status: 'RUNNING' }, everything)) {
    const [last] = store.events(executionArn, { offset: 0, limit: 1 }, 'DESC');
    const event: HistoryEvent = {
      id: (last?.id ?? 0) + 1,
      previousEventId: last?.id ?? 0,
      timestamp: last?.timestamp ?? Date.now(),
      type: 'ExecutionAborted',
      executionAbortedEventDetails: { error, cause },
    };
    store.addEvent(executionArn, event);
    store.updateExecution(executionArn, {
      status: 'ABORTED',
      stopDate: event.timestamp,
      error,
      cause,
    });
  }
  store.flush();
}
