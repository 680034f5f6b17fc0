/**
 * An event of GetExecutionHistory, from the AWS SDK (dates) or from a local run (milliseconds
 * since the epoch). Details are read by name: `taskFailedEventDetails` and so on.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export interface HistoryEvent {
  readonly id?: number | undefined;
  readonly previousEventId?: number | undefined;
  readonly timestamp?: Date | number | string | undefined;
  readonly type?: string | undefined;
}

type Details = Readonly<Record<string, unknown>>;

const NONE: Details = {};

/** The details that go with the event's type: `TaskFailed` has `taskFailedEventDetails`. */
export function detailsOf(event: HistoryEvent): Details {
  const type = event.type ?? '';
  // All `…StateEntered` and `…StateExited` share one name.
  const shared = /State(Entered|Exited)$/.exec(type)?.[1];
  const name = shared ? `state${shared}` : type.charAt(0).toLowerCase() + type.slice(1);
  return objectOr((event as Details)[`${name}EventDetails`], NONE);
}

export function textOf(details: Details, key: string): string | undefined {
  const value = details[key];
  return typeof value === 'string' ? value : undefined;
}

/** JSON text as an object; an empty one where it is missing, cut off or anything else. */
export function parseObject(text: string | undefined): Details {
  if (text === undefined) return NONE;
  try {
    return objectOr(JSON.parse(text), NONE);
  } catch {
    return NONE;
  }
}

export function isoDate(event: HistoryEvent | undefined): string | undefined {
  return event?.timestamp === undefined ? undefined : new Date(event.timestamp).toISOString();
}

function objectOr(value: unknown, otherwise: Details): Details {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return otherwise;
  return value as Details;
}
