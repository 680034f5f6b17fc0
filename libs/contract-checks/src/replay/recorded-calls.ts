import type { Json } from '@harmony/engine';
import type { History } from './history.ts';
import { type EventPlace, Places } from './places.ts';

/** What became of a call. */
export type RecordedAnswer =
  | { readonly kind: 'output'; readonly output: Json }
  | { readonly kind: 'error'; readonly error: string; readonly cause: string | undefined }
  /** The state's own timeout ended the wait. */
  | { readonly kind: 'timeout' }
  /** The execution, or a sibling's failure, did. */
  | { readonly kind: 'aborted' };

/** One attempt of a Task as it was recorded. */
export interface RecordedCall {
  readonly place: EventPlace;
  /** From 0; Retry counts up. */
  readonly attempt: number;
  /** `sns:publish`, or the ARN of a function or an activity. */
  readonly resource: string;
  readonly answer: RecordedAnswer;
  /** Milliseconds from the call to its answer. */
  readonly duration: number;
}

/** By state, iteration, visit and attempt: what makes a call the same one in another run. */
export function callKey(place: EventPlace, attempt: number): string {
  return JSON.stringify([place.path, place.state, place.visit, attempt]);
}

const SCHEDULED = /^(Task|LambdaFunction|Activity)Scheduled$/;
const ENDED =
  /^(?:Task|LambdaFunction|Activity)(?:(?:Schedule|Start|Submit)?Failed|Succeeded|TimedOut)$/;

/** The calls of an execution, in the order in which they were made. */
export function recordedCalls({ events }: History): readonly RecordedCall[] {
  const calls: { call: RecordedCall; at: number }[] = [];
  const open = new Map<string, number>();
  const attempts = new Map<string, number>();
  const places = new Places();
  for (const event of events) {
    const place = places.follow(event);
    const visit = callKey(place, -1);
    if (SCHEDULED.test(event.type)) {
      const attempt = attempts.get(visit) ?? 0;
      attempts.set(visit, attempt + 1);
      open.set(visit, calls.length);
      const resource = resourceOf(event.details);
      const answer = { kind: 'aborted' } as const;
      calls.push({ call: { place, attempt, resource, answer, duration: 0 }, at: event.timestamp });
    } else if (ENDED.test(event.type)) {
      const index = open.get(visit);
      const made = index === undefined ? undefined : calls[index];
      if (index === undefined || made === undefined) continue;
      const duration = Math.max(0, event.timestamp - made.at);
      calls[index] = { ...made, call: { ...made.call, answer: answerOf(event), duration } };
    }
  }
  return calls.map(({ call }) => call);
}

/** @param details of a …Scheduled event */
export function resourceOf(details: Readonly<Record<string, unknown>>): string {
  const { resourceType, resource } = details;
  return resourceType === undefined
    ? String(resource)
    : `${String(resourceType)}:${String(resource)}`;
}

function answerOf({ type, details }: History['events'][number]): RecordedAnswer {
  const { output, error, cause } = details;
  if (type.endsWith('TimedOut')) return { kind: 'timeout' };
  if (type.endsWith('Succeeded')) {
    return { kind: 'output', output: readable(output) };
  }
  const name = typeof error === 'string' ? error : 'States.TaskFailed';
  return { kind: 'error', error: name, cause: typeof cause === 'string' ? cause : undefined };
}

/** Data in a history is JSON text. */
export function readable(value: unknown): Json {
  if (typeof value !== 'string') return (value ?? null) as Json;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}
