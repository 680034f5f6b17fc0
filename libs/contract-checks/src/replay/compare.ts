import type { RecordedEvent } from './history.ts';
import { type EventPlace, Places } from './places.ts';
import { readable } from './recorded-calls.ts';
import { differenceOf, type Likeness } from './same.ts';

/** The first event in which a replay is not what was recorded. */
export interface EventDifference {
  /** Of the recorded event; of the replay's where nothing was recorded. */
  readonly eventId: number;
  readonly type: string;
  /** With its iterations: `Each[2]/Ask`; '' for the execution itself. */
  readonly state: string;
  /** A sentence. */
  readonly why: string;
}

/** What neither side can know of the other, or only says how data was shown. */
const LEFT_OUT = new Set([
  ...['inputDetails', 'outputDetails', 'assignedVariablesDetails', 'region', 'roleArn'],
  ...['mapRunArn', 'workerName', 'location', 'state', 'taskCredentials'],
]);

interface Placed {
  readonly event: RecordedEvent;
  readonly place: EventPlace;
}

/**
 * Compares what each state did, in each iteration, in its order; how states of different branches
 * and iterations took turns is time's doing and means nothing.
 */
export function firstDifference(
  recorded: readonly RecordedEvent[],
  now: readonly RecordedEvent[],
  like: Likeness,
): EventDifference | undefined {
  const before = placesOf(recorded);
  const after = Map.groupBy(placesOf(now), keyOf);
  const taken = new Map<string, number>();
  for (const placed of before) {
    const key = keyOf(placed);
    const index = taken.get(key) ?? 0;
    taken.set(key, index + 1);
    const other = after.get(key)?.[index];
    const why =
      other === undefined
        ? 'it does not happen any more'
        : whyDifferent(placed.event, other.event, like);
    if (why !== undefined) return differenceAt(placed, why);
  }
  for (const [key, events] of after) {
    const extra = events[taken.get(key) ?? 0];
    if (extra !== undefined) return differenceAt(extra, 'it did not happen then');
  }
  return undefined;
}

function differenceAt({ event, place }: Placed, why: string): EventDifference {
  const state = event.type.startsWith('Execution') ? '' : `${place.path}${place.state}`;
  return { eventId: event.id, type: event.type, state, why };
}

function placesOf(events: readonly RecordedEvent[]): Placed[] {
  const places = new Places();
  return events.map((event) => ({ event, place: places.follow(event) }));
}

function keyOf({ event, place }: Placed): string {
  if (event.type.startsWith('Execution')) return 'execution';
  return `${place.path}|${place.state}`;
}

function whyDifferent(
  recorded: RecordedEvent,
  now: RecordedEvent,
  like: Likeness,
): string | undefined {
  if (recorded.type !== now.type) return `now it is ${now.type}`;
  const difference = differenceOf(detailsOf(recorded), detailsOf(now), like);
  if (difference === undefined) return undefined;
  const { path, recorded: then, now: here } = difference;
  return `${path} was ${then} and is ${here}`;
}

function detailsOf({ type, details }: RecordedEvent): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(details)
      // What a service answered to a request that it took is part of the record, not of the run.
      .filter(([name]) => !LEFT_OUT.has(name) && !(type === 'TaskSubmitted' && name === 'output'))
      .map(([name, value]) => [
        name,
        name === 'assignedVariables' ? variables(value) : data(value),
      ]),
  );
}

const variables = (value: unknown): unknown =>
  Object.fromEntries(Object.entries(value as object).map(([name, text]) => [name, readable(text)]));

/** A text that holds no JSON stays one: `1` is what a state named "1" put out. */
const data = (value: unknown): unknown => (typeof value === 'string' ? readable(value) : value);
