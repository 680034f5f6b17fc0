import { endingOf } from '@harmony/engine';
import type { ExecutionEvent, HistoryEvent } from '@harmony/engine';
import { splitQualifier } from '../catalog/resources.ts';
import type { ExecutionChange, MapRunRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

/** What the start of an execution says of it beyond its history. */
export interface Origin {
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
}

export interface RecorderOptions {
  readonly store: Store;
  /** The definition that an ARN, qualified or not, stands for now; undefined for a Map Run's part. */
  readonly definition: (arn: string) => string | undefined;
  readonly origin: (executedArn: string) => Origin;
}

const MAP_RUN_ENDINGS = new Map<HistoryEvent['type'], MapRunRow['status']>([
  ['MapRunSucceeded', 'SUCCEEDED'],
  ['MapRunFailed', 'FAILED'],
  ['MapRunAborted', 'ABORTED'],
]);

/** Makes rows of the stream of history events: executions with their state, and each event. */
export class Recorder {
  readonly #options: RecorderOptions;
  /** Map Runs by the events that started them, `EXECUTION_ARN ID`. */
  readonly #mapRuns = new Map<string, string>();

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  record({ executionArn, stateMachineArn: executed, mapRunArn, event }: ExecutionEvent): void {
    const { store, definition, origin } = this.#options;
    store.addEvent(executionArn, event);
    if (event.type === 'ExecutionStarted') {
      const { versionArn, aliasArn } = origin(executed);
      store.insertExecution({
        executionArn,
        stateMachineArn: splitQualifier(executed).machineArn,
        versionArn: versionArn ?? null,
        aliasArn: aliasArn ?? null,
        mapRunArn: mapRunArn ?? null,
        name: executionArn.split(':')[7] ?? '',
        status: 'RUNNING',
        startDate: event.timestamp,
        stopDate: null,
        input: String(event.executionStartedEventDetails?.input ?? '{}'),
        output: null,
        error: null,
        cause: null,
        redriveCount: 0,
        redriveDate: null,
        definition: definition(executed) ?? null,
      });
      return;
    }
    const change = changeOf(event);
    if (change !== undefined) store.updateExecution(executionArn, change);
    else if (event.type.startsWith('MapRun')) this.#recordMapRun(executionArn, event);
  }

  #recordMapRun(executionArn: string, event: HistoryEvent): void {
    const { store } = this.#options;
    const { id, previousEventId, timestamp } = event;
    const details = event.mapRunStartedEventDetails ?? event.mapRunRedrivenEventDetails;
    if (details !== undefined) {
      const mapRunArn = String(details.mapRunArn);
      this.#mapRuns.set(`${executionArn} ${id}`, mapRunArn);
      if (event.type === 'MapRunRedriven') store.updateMapRun(mapRunArn, 'RUNNING', null);
      else {
        const row = { mapRunArn, executionArn, startDate: timestamp, stopDate: null };
        store.insertMapRun({ ...row, status: 'RUNNING' });
      }
      return;
    }
    const status = MAP_RUN_ENDINGS.get(event.type);
    const key = `${executionArn} ${previousEventId}`;
    const mapRunArn = this.#mapRuns.get(key);
    if (status === undefined || mapRunArn === undefined) return;
    this.#mapRuns.delete(key);
    store.updateMapRun(mapRunArn, status, timestamp);
  }
}

function changeOf(event: HistoryEvent): ExecutionChange | undefined {
  if (event.type === 'ExecutionRedriven') {
    const redriveCount = Number(event.executionRedrivenEventDetails?.redriveCount ?? 1);
    const redriveDate = event.timestamp;
    return {
      status: 'RUNNING',
      stopDate: null,
      error: null,
      cause: null,
      redriveCount,
      redriveDate,
    };
  }
  const status = endingOf(event.type);
  if (status === undefined) return undefined;
  const key = `${event.type.charAt(0).toLowerCase()}${event.type.slice(1)}EventDetails` as const;
  const { output, error, cause } = (event[key as `${string}EventDetails`] ?? {}) as Record<
    string,
    string | undefined
  >;
  return {
    status,
    stopDate: event.timestamp,
    output: output ?? null,
    error: error ?? null,
    cause: cause ?? null,
  };
}
