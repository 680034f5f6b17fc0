import { readJson } from '@harmony/schema/json-text';
import { ContractChecksError } from '../errors.ts';

type Details = Readonly<Record<string, unknown>>;

/** One event of an execution's history, wherever it was read. */
export interface RecordedEvent {
  readonly id: number;
  /** 0 for none. */
  readonly previousEventId: number;
  readonly type: string;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  /** What `<type>EventDetails` holds. */
  readonly details: Details;
}

/** The history of an execution that has ended, whole and in order. */
export interface History {
  /** Its file or its ARN, for messages. */
  readonly name: string;
  readonly events: readonly RecordedEvent[];
}

/** In milliseconds since the epoch: what ISO 8601 writes with four digits comes before. */
const YEAR_10000 = Date.UTC(10_000, 0);

const CLOSING = /^Execution(Succeeded|Failed|Aborted|TimedOut)$/;

/**
 * Reads a history as `aws stepfunctions get-execution-history` writes it, timestamps as ISO text or
 * as seconds since the epoch.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html
 * @param name of the file, for messages
 * @throws {ContractChecksError} `HISTORY_INVALID` for what is no whole history with its data
 */
export function parseHistory(text: string, name: string): History {
  const reading = readJson(text.replace(/^\uFEFF/, ''));
  if (!reading.ok) {
    const { line, column, reason } = reading.fault;
    throw invalid(`${name}:${line}:${column}`, `it is not JSON: ${reason}`);
  }
  const { events, nextToken } = (reading.value ?? {}) as Details;
  if (!Array.isArray(events)) {
    throw invalid(
      name,
      'it has no events. Give what `aws stepfunctions get-execution-history` wrote',
    );
  }
  if (nextToken !== undefined && nextToken !== null) {
    throw invalid(name, 'it is one page of several (nextToken). Let the AWS CLI read them all');
  }
  return historyOf(events, name);
}

/** @param events as the API gives them, in either order @throws as `parseHistory` */
export function historyOf(events: readonly unknown[], name: string): History {
  const read = events.map((event, index) => eventOf(event, `${name}: event ${index + 1}`));
  read.sort((a, b) => a.id - b.id);
  for (const [index, { id, previousEventId }] of read.entries()) {
    if (id !== index + 1) throw invalid(name, `event ${index + 1} is missing`);
    if (previousEventId >= id) throw invalid(name, `event ${id} follows ${previousEventId}`);
  }
  const [first] = read;
  if (first?.type !== 'ExecutionStarted') {
    throw invalid(name, 'it does not begin with ExecutionStarted');
  }
  if (first.details['input'] === undefined) {
    throw invalid(
      name,
      'it holds no execution data. Read it with --include-execution-data, the default of the AWS CLI',
    );
  }
  if (!CLOSING.test(read.at(-1)?.type ?? '')) {
    throw invalid(name, 'its execution had not ended. Read the history once it has');
  }
  return { name, events: read };
}

function eventOf(value: unknown, where: string): RecordedEvent {
  const event = (typeof value === 'object' && value !== null ? value : {}) as Details;
  const { id, previousEventId = 0, type } = event;
  if (!Number.isSafeInteger(id) || !Number.isSafeInteger(previousEventId)) {
    throw invalid(where, 'its id or previousEventId is no number');
  }
  if (typeof type !== 'string') throw invalid(where, 'it has no type');
  const key = Object.keys(event).find((name) => name.endsWith('EventDetails'));
  const details = (key === undefined ? {} : (event[key] ?? {})) as Details;
  for (const [name, about] of Object.entries(details)) {
    if ((about as { truncated?: unknown } | null)?.truncated === true) {
      throw invalid(
        where,
        `its ${name.replace(/Details$/, '')} is cut off (truncated). Read the history from the API: events and logs cut long data off`,
      );
    }
  }
  const timestamp = timeOf(event['timestamp']);
  if (timestamp === undefined)
    throw invalid(where, 'its timestamp is neither ISO 8601 nor a number');
  return { id: id as number, previousEventId: previousEventId as number, type, timestamp, details };
}

function timeOf(value: unknown): number | undefined {
  const time =
    value instanceof Date
      ? value.getTime()
      : typeof value === 'number'
        ? Math.round(value * 1000)
        : typeof value === 'string'
          ? Date.parse(value)
          : NaN;
  return time >= 0 && time < YEAR_10000 ? time : undefined;
}

function invalid(where: string, what: string): ContractChecksError {
  return new ContractChecksError('HISTORY_INVALID', `${where}: ${what}.`);
}
