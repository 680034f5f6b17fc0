import type { HistoryEvent } from '@harmony/engine';
import { framesOf, statesAround } from './frames.ts';
import type { Frame } from './frames.ts';

/** One time that an execution entered a state. Values are JSON text, as the history has them. */
export interface StateVisit {
  /** Id of the event that entered it. */
  readonly eventId: number;
  readonly state: string;
  /** `Task`, `Choice`, … */
  readonly type: string;
  /** The Maps and Parallels that it is part of, the outermost first. */
  readonly within: readonly { readonly state: string; readonly item?: number }[];
  /** Milliseconds since the epoch, on the run's clock. */
  readonly entered: number;
  /** Absent where the run ended in it. */
  readonly left?: number;
  readonly input?: string;
  readonly output?: string;
  readonly assigned?: Readonly<Record<string, string>>;
  /** What its attempts failed with, in their order. */
  readonly failures: readonly { readonly error?: string; readonly cause?: string }[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const FAILURE = /^(?:Task|LambdaFunction|Activity|Evaluation)\w*(?:Failed|TimedOut)$/;

/** The states that an execution entered, in their order. */
export function stateVisits(events: readonly HistoryEvent[]): StateVisit[] {
  const frames = framesOf(events);
  const visits = new Map<
    number,
    Mutable<StateVisit> & { failures: StateVisit['failures'][number][] }
  >();
  for (const event of events) {
    const frame = frames[event.id];
    if (event.stateEnteredEventDetails !== undefined && frame !== undefined) {
      visits.set(event.id, entered(event, frame));
    }
    const exited = event.stateExitedEventDetails;
    if (exited !== undefined) {
      const from = statesAround(frames[event.previousEventId]);
      const visit = visits.get(
        from.findLast(({ name }) => name === exited['name'])?.enteredId ?? 0,
      );
      if (visit === undefined) continue;
      visit.left = event.timestamp;
      if (typeof exited['output'] === 'string') visit.output = exited['output'];
      const assigned = exited['assignedVariables'] as Record<string, string> | undefined;
      if (assigned !== undefined) visit.assigned = assigned;
    }
    if (!FAILURE.test(event.type)) continue;
    const details = Object.entries(event).find(([key]) => key.endsWith('EventDetails'))?.[1] as
      { error?: string; cause?: string } | undefined;
    const { error, cause } = details ?? {};
    visits.get(frame?.enteredId ?? 0)?.failures.push({
      error: error ?? event.type,
      ...(cause === undefined ? {} : { cause }),
    });
  }
  return [...visits.values()];
}

function entered(
  event: HistoryEvent,
  { name, input, around }: Frame,
): Mutable<StateVisit> & { failures: StateVisit['failures'][number][] } {
  return {
    eventId: event.id,
    state: name,
    type: event.type.replace('StateEntered', ''),
    within: statesAround(around).map(({ name: state, item }) =>
      item === undefined ? { state } : { state, item },
    ),
    entered: event.timestamp,
    ...(input === undefined ? {} : { input }),
    failures: [],
  };
}
