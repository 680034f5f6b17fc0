import { StatesError } from '../../errors.ts';

/** A dataset that cannot be read, as a state machine sees it. */
export function readerFailed(cause: string): StatesError {
  return new StatesError('States.ItemReaderFailed', cause);
}
