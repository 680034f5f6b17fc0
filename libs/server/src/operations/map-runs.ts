import { DescribeMapRun$, ListMapRuns$ } from '@aws-sdk/client-sfn';
import type {
  DescribeMapRunInput,
  DescribeMapRunOutput,
  ListMapRunsInput,
  ListMapRunsOutput,
  MapRunStatus,
} from '@aws-sdk/client-sfn';
import { ApiError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { paged, pageOf } from '../wire/page.ts';
import { operation } from './operation.ts';

export const listMapRuns = operation(
  ListMapRuns$,
  (input: ListMapRunsInput, { runs, store }): ListMapRunsOutput => {
    const { executionArn = '' } = input;
    runs.row(executionArn);
    const page = pageOf(input);
    const [mapRuns, nextToken] = paged(store.mapRunsOf(executionArn).slice(page.offset), page);
    return {
      mapRuns: mapRuns.map(({ mapRunArn, startDate, stopDate }) => ({
        executionArn,
        mapRunArn,
        stateMachineArn: machineOf(mapRunArn),
        startDate: new Date(startDate),
        ...(stopDate !== null && { stopDate: new Date(stopDate) }),
      })),
      nextToken,
    };
  },
);

export const describeMapRun = operation(
  DescribeMapRun$,
  ({ mapRunArn = '' }: DescribeMapRunInput, { runs, store }): DescribeMapRunOutput => {
    const row = store.mapRun(mapRunArn);
    if (row === undefined) {
      throw new ApiError('ResourceNotFound', `Resource not found: '${mapRunArn}'`);
    }
    const { executionArn, status, startDate, stopDate } = row;
    const counts = countsOf(store, mapRunArn);
    return {
      mapRunArn,
      executionArn,
      status: status satisfies MapRunStatus,
      startDate: new Date(startDate),
      ...(stopDate !== null && { stopDate: new Date(stopDate) }),
      ...settingsOf(runs.row(executionArn).definition ?? '{}', labelOf(mapRunArn)),
      itemCounts: counts,
      executionCounts: counts,
    };
  },
);

/** One item a child execution; of batches, the service counts the items in them. */
function countsOf(store: Store, mapRunArn: string) {
  const of = store.countsOf(mapRunArn);
  const count = (status: string): number => of.get(status) ?? 0;
  return {
    pending: 0,
    running: count('RUNNING'),
    succeeded: count('SUCCEEDED'),
    failed: count('FAILED'),
    timedOut: count('TIMED_OUT'),
    aborted: count('ABORTED'),
    total: [...of.values()].reduce((sum, n) => sum + n, 0),
    resultsWritten: 0,
  };
}

interface MapState {
  readonly Label?: string;
  readonly MaxConcurrency?: unknown;
  readonly ToleratedFailureCount?: unknown;
  readonly ToleratedFailurePercentage?: unknown;
}

/** Of the Map with this label, as far as its definition gives them as numbers. */
function settingsOf(definition: string, label: string) {
  let state: MapState = {};
  JSON.parse(definition, (_key, value: unknown) => {
    if ((value as MapState | null)?.Label === label) state = value as MapState;
    return value;
  });
  const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
  return {
    maxConcurrency: number(state.MaxConcurrency),
    toleratedFailureCount: number(state.ToleratedFailureCount),
    toleratedFailurePercentage: number(state.ToleratedFailurePercentage),
  };
}

/** `…:mapRun:MACHINE/LABEL:UUID` */
function labelOf(mapRunArn: string): string {
  return mapRunArn.split(':')[6]?.split('/')[1] ?? '';
}

function machineOf(mapRunArn: string): string {
  const parts = mapRunArn.split(':');
  return [...parts.slice(0, 5), 'stateMachine', parts[6]].join(':');
}
