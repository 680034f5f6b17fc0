import type { HistoryEventType } from '../history/events.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Thread } from './port.ts';

/** …StateEntered of the state that the thread just entered. */
export function publishEntered(thread: Thread, id: number): void {
  const { execution, state, pointer } = thread;
  execution.publish(id, pointer, state.enteredEvent, 'stateEnteredEventDetails', {
    name: state.name,
    input: JSON.stringify(thread.input),
    inputDetails: { truncated: false },
  });
}

/** …StateExited, with the variables that the state assigned. */
export function publishExited(
  thread: Thread,
  id: number,
  type: HistoryEventType,
  output: Json,
  assigned: JsonObject | undefined,
): void {
  const { execution, state, pointer } = thread;
  const details: JsonObject = {
    name: state.name,
    output: JSON.stringify(output),
    outputDetails: { truncated: false },
  };
  if (assigned !== undefined && Object.keys(assigned).length > 0) {
    details['assignedVariables'] = Object.fromEntries(
      Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)]),
    );
    details['assignedVariablesDetails'] = { truncated: false };
  }
  execution.publish(id, pointer, type, 'stateExitedEventDetails', details);
}
