import type { Json } from '../json.ts';
import { exceedsBytes } from '../limits.ts';
import { dataLimitExceeded, Fails } from './failure.ts';
import type { Thread } from './port.ts';

/** Fails the thread's state when what it made of its input is too large to hand on. */
export function checkInput(thread: Thread, input: Json): void {
  // Its raw input was measured as the output of the state before.
  if (input === thread.input) return;
  if (exceedsBytes(input, thread.execution.services.limits.stateDataBytes)) {
    throw new Fails(dataLimitExceeded(thread.state.name));
  }
}
