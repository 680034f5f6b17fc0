import type { RunDocument } from '@harmony/local';
import { printable } from '../terminal/text.ts';

/** The histories of a run's executions, an event a line, as GetExecutionHistory gives them. */
export function renderEvents({ executions }: RunDocument): string[] {
  return executions.flatMap(({ stateMachine, executionArn, history }) => [
    `${stateMachine}, ${executionArn.split(':').slice(7).join(':')}`,
    ...history.map(({ id, previousEventId, timestamp, type, ...details }) => {
      const said = Object.values(details)[0];
      const text = said === undefined ? '' : ` ${printable(JSON.stringify(said))}`;
      const time = new Date(timestamp).toISOString();
      return `  ${id} (after ${previousEventId}) ${time} ${type}${text}`;
    }),
    '',
  ]);
}
