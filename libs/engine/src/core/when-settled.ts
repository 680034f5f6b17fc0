import type { Thread } from './port.ts';

/**
 * Waits for the host (the object store, not a Task: those have tokens and timeouts), holding the
 * clock. What the thread's state no longer waits for is dropped.
 */
export function whenSettled<T>(
  thread: Thread,
  promise: Promise<T>,
  use: (value: T) => void,
  failed: (thrown: unknown) => never,
): void {
  const { visit } = thread;
  const { scheduler } = thread.execution.services;
  scheduler.holdOpen();
  promise.then(
    (value) => {
      thread.resume(visit, () => use(value));
      scheduler.release();
    },
    (thrown: unknown) => {
      thread.resume(visit, () => failed(thrown));
      scheduler.release();
    },
  );
}
