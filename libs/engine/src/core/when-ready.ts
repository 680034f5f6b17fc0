import type { MaybePromise } from '../expressions/types.ts';
import type { Thread } from './port.ts';

/**
 * Hands a value on once it is there, at once where it is. An evaluation that is still going on
 * holds the clock; one that the thread's state no longer waits for is dropped.
 */
export function whenReady<T>(
  thread: Thread,
  value: MaybePromise<T>,
  use: (value: T) => void,
): void {
  if (!(value instanceof Promise)) {
    use(value);
    return;
  }
  const { visit } = thread;
  const { scheduler } = thread.execution.services;
  scheduler.holdOpen();
  value.then(
    (ready) => {
      thread.resume(visit, () => use(ready));
      scheduler.release();
    },
    (thrown: unknown) => {
      thread.resume(visit, () => {
        throw thrown;
      });
      scheduler.release();
    },
  );
}
