import type { History } from './history.ts';

const EXECUTION = /arn:aws[\w-]*:states:[\w-]*:\d*:execution:([^:"\\]+):([^:"\\]+)"/;

/** What a history's data says of its own execution: handlers are often passed the context object. */
function ownExecution({ events }: History): RegExpExecArray | undefined {
  for (const { type, details } of events) {
    const { parameters, input } = details;
    const passed = type.endsWith('Scheduled') ? (parameters ?? input) : undefined;
    const found = typeof passed === 'string' ? EXECUTION.exec(passed) : null;
    if (found !== null) return found;
  }
  return undefined;
}

/** The execution's name; a history has none of its own. */
export function executionIn(history: History): string | undefined {
  return ownExecution(history)?.[2];
}

/** The full name of its state machine. */
export function machineIn(history: History): string | undefined {
  return ownExecution(history)?.[1];
}

/** ARNs of the executions that it started and waited for. */
export function nestedExecutions({ events }: History): readonly string[] {
  return events.flatMap(({ type, details }) => {
    const { resourceType, output } = details;
    if (type !== 'TaskSubmitted' || resourceType !== 'states') return [];
    const arn = /"[Ee]xecutionArn"\s*:\s*"([^"]+)"/.exec(String(output))?.[1];
    return arn?.includes(':execution:') === true ? [arn] : [];
  });
}
