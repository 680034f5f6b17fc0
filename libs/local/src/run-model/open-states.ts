import type { HistoryEvent } from '@harmony/engine';

/** A state that was not left at some event, and the part of it that the event belongs to. */
export interface OpenState {
  readonly name: string;
  /** JSON text. */
  readonly input: string | undefined;
  /** Of a Map: the index of the item, from 0. */
  readonly item: number | undefined;
}

type Events = readonly HistoryEvent[];
type Kind = 'Map' | 'Parallel';

const STARTED = /^(Map|Parallel)StateStarted$/;
const SUCCEEDED = /^(Map|Parallel)StateSucceeded$/;

/**
 * The states that are open at an event, the outermost first: the one that the event belongs to, and
 * each Map and Parallel around it. Events are led back by `previousEventId`; what was left on the way
 * is passed over, and so are attempts before the last.
 * @param events event with id n at n - 1
 */
export function openStatesAt(events: Events, id: number): OpenState[] {
  const open: OpenState[] = [];
  /** Names of states that were left, so that their entries are not open. */
  const left: string[] = [];
  /** Looking for the entry of the Map or Parallel that what was passed is part of. */
  let seeking: { readonly kind: Kind; readonly map: string | undefined } | undefined;
  let iteration: { readonly map: string; readonly item: number } | undefined;
  let at = events[id - 1];
  const failed = failedEvaluation(events, id);
  const evaluated = failed === undefined ? undefined : evaluatedIn(events, failed);
  if (evaluated !== undefined) {
    open.push(opened(evaluated, undefined));
    at = previous(events, evaluated);
  }
  for (; at !== undefined; at = previous(events, at)) {
    const name = nameOf(at.stateEnteredEventDetails);
    if (seeking !== undefined) {
      const isIt = at.type === `${seeking.kind}StateEntered`;
      if (!isIt || (seeking.map !== undefined && seeking.map !== name)) continue;
      if (left.at(-1) === name) left.pop();
      else open.push(opened(at, iteration?.item));
      seeking = undefined;
      iteration = undefined;
      continue;
    }
    const exited = nameOf(at.stateExitedEventDetails);
    if (exited !== undefined) left.push(exited);
    const ended = SUCCEEDED.exec(at.type)?.[1] as Kind | undefined;
    if (ended !== undefined) seeking = { kind: ended, map: undefined };
    if (left.length > 0) {
      if (left.at(-1) === name) left.pop();
      continue;
    }
    const { name: map, index } = at.mapIterationStartedEventDetails ?? {};
    if (map !== undefined) iteration ??= { map: String(map), item: Number(index) };
    const started = STARTED.exec(at.type)?.[1] as Kind | undefined;
    if (started !== undefined) seeking = { kind: started, map: iteration?.map };
    if (name !== undefined) open.push(opened(at, undefined));
  }
  return open.reverse();
}

/**
 * The failed evaluation that led to an event, through the states that it made fail: each Map and
 * Parallel around it says the same again.
 */
export function failedEvaluation(events: Events, id: number): HistoryEvent | undefined {
  let at = events[id - 1];
  while (at !== undefined && /^(?:Task|Map|Parallel)State(?:Failed|Aborted)$/.test(at.type)) {
    at = previous(events, at);
  }
  if (at?.type !== 'EvaluationFailed') return undefined;
  // It names the id of the state's entry, so that no two are the same.
  const cause = at.evaluationFailedEventDetails?.['cause'];
  return events.find((event) => event.evaluationFailedEventDetails?.['cause'] === cause);
}

function nameOf(details: HistoryEvent['stateEnteredEventDetails']): string | undefined {
  return details === undefined ? undefined : String(details['name']);
}

function opened(event: HistoryEvent, item: number | undefined): OpenState {
  const { name, input } = event.stateEnteredEventDetails ?? {};
  return { name: String(name), input: typeof input === 'string' ? input : undefined, item };
}

function previous(events: Events, event: HistoryEvent | undefined): HistoryEvent | undefined {
  return event === undefined ? undefined : events[event.previousEventId - 1];
}

/**
 * The entry of the state in which an evaluation failed. The event names the state, and follows either
 * what came before the state or what answered it.
 */
function evaluatedIn(events: Events, failed: HistoryEvent): HistoryEvent | undefined {
  const name = failed.evaluationFailedEventDetails?.['state'];
  const isIt = (event: HistoryEvent): boolean => nameOf(event.stateEnteredEventDetails) === name;
  for (let id = failed.id - 1; id > failed.previousEventId; id--) {
    const event = events[id - 1] as HistoryEvent;
    if (isIt(event) && event.previousEventId === failed.previousEventId) return event;
  }
  let at = previous(events, failed);
  while (at !== undefined && !isIt(at)) at = previous(events, at);
  return at;
}
