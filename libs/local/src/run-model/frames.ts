import type { HistoryEvent } from '@harmony/engine';

/** A state that was entered and not left, in the states around it. */
export interface Frame {
  readonly name: string;
  /** Id of its …StateEntered. */
  readonly enteredId: number;
  /** JSON text. */
  readonly input: string | undefined;
  /** Of a Map: the index of the item that the event belongs to, from 0. */
  readonly item: number | undefined;
  /** The Map or Parallel that it is part of. */
  readonly around: Frame | undefined;
}

/**
 * For each event of an execution's history, the state that it belongs to. Events follow each other by
 * `previousEventId`, which leads through Maps and Parallels and from one item of a Map to the next.
 * @returns at the event's id; undefined outside of any state
 */
export function framesOf(events: readonly HistoryEvent[]): readonly (Frame | undefined)[] {
  const frames: (Frame | undefined)[] = [undefined];
  for (const event of events) {
    frames[event.id] = frameAt(event, frames[event.previousEventId], frames, events);
  }
  return frames;
}

/** The states that an event belongs to, the outermost first. */
export function statesAround(frame: Frame | undefined): Frame[] {
  return frame === undefined ? [] : [...statesAround(frame.around), frame];
}

function frameAt(
  event: HistoryEvent,
  before: Frame | undefined,
  frames: readonly (Frame | undefined)[],
  events: readonly HistoryEvent[],
): Frame | undefined {
  const { id, type } = event;
  const entered = event.stateEnteredEventDetails;
  if (entered !== undefined) {
    const { name, input } = entered;
    const text = typeof input === 'string' ? input : undefined;
    return { name: String(name), enteredId: id, input: text, item: undefined, around: before };
  }
  const exited = event.stateExitedEventDetails;
  if (exited !== undefined) return up(before, ({ name }) => name === exited['name'])?.around;
  const iteration = event.mapIterationStartedEventDetails;
  if (iteration !== undefined) {
    const map = up(before, ({ name }) => name === iteration['name']);
    return map && { ...map, item: Number(iteration['index']) };
  }
  // Another attempt, or the end, of a state around the one before.
  const kind = /^(Map|Parallel)State(?:Started|Succeeded)$/.exec(type)?.[1];
  if (kind !== undefined) {
    const isKind = ({ enteredId }: Frame): boolean =>
      events[enteredId - 1]?.type === `${kind}StateEntered`;
    const whole = up(before, isKind);
    return whole && { ...whole, item: undefined };
  }
  // It names its state, and follows what came before the state or what answered it.
  const failed = event.evaluationFailedEventDetails;
  if (failed === undefined) return before;
  const isIt = ({ name }: Frame): boolean => name === failed['state'];
  const answered = up(before, isIt);
  if (answered !== undefined) return answered;
  for (let other = id - 1; other > event.previousEventId; other--) {
    const frame = frames[other];
    if (frame?.enteredId !== other || !isIt(frame)) continue;
    if (events[other - 1]?.previousEventId === event.previousEventId) return frame;
  }
  return before;
}

function up(from: Frame | undefined, isIt: (frame: Frame) => boolean): Frame | undefined {
  let frame = from;
  while (frame !== undefined && !isIt(frame)) frame = frame.around;
  return frame;
}
