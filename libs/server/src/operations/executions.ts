import {
  DescribeExecution$,
  GetExecutionHistory$,
  ListExecutions$,
  RedriveExecution$,
  StartExecution$,
  StartSyncExecution$,
  StopExecution$,
} from '@aws-sdk/client-sfn';
import type {
  DescribeExecutionInput,
  DescribeExecutionOutput,
  GetExecutionHistoryInput,
  ListExecutionsInput,
  ListExecutionsOutput,
  RedriveExecutionInput,
  RedriveExecutionOutput,
  StartExecutionInput,
  StartExecutionOutput,
  StartSyncExecutionInput,
  StartSyncExecutionOutput,
  StopExecutionInput,
  StopExecutionOutput,
} from '@aws-sdk/client-sfn';
import type { HistoryEvent } from '@harmony/engine';
import { splitQualifier } from '../catalog/resources.ts';
import { ApiError } from '../errors.ts';
import type { ExecutionRow } from '../store/rows.ts';
import type { ExecutionFilter } from '../store/store.ts';
import { parseJson } from '../wire/json-text.ts';
import { paged, pageOf } from '../wire/page.ts';
import { operation } from './operation.ts';

export const startExecution = operation(
  StartExecution$,
  async (input: StartExecutionInput, { catalog, runs }): Promise<StartExecutionOutput> => {
    const startable = catalog.startable(input.stateMachineArn ?? '');
    const { arn, startDate } = await runs.start(startable, {
      name: input.name,
      input: parseJson(
        input.input ?? '{}',
        'InvalidExecutionInput',
        'State Machine Execution Input',
      ),
    });
    return { executionArn: arn, startDate: new Date(startDate) };
  },
);

export const startSyncExecution = operation(
  StartSyncExecution$,
  async (
    input: StartSyncExecutionInput,
    { catalog, runs, signal },
  ): Promise<StartSyncExecutionOutput> => {
    const startable = catalog.startable(input.stateMachineArn ?? '');
    if (startable.machine.type !== 'EXPRESS') {
      throw new ApiError(
        'StateMachineTypeNotSupported',
        'This operation is not supported by this type of state machine',
      );
    }
    const execution = await runs.start(startable, {
      name: input.name,
      input: parseJson(
        input.input ?? '{}',
        'InvalidExecutionInput',
        'State Machine Execution Input',
      ),
    });
    // Nobody waits for its answer any more.
    signal.addEventListener('abort', () => execution.stop(), { once: true });
    const { output, error, cause, status, startDate, stopDate } = await execution.result;
    const duration = stopDate - startDate;
    return {
      executionArn: execution.arn,
      stateMachineArn: startable.machine.stateMachineArn,
      name: execution.name,
      startDate: new Date(startDate),
      stopDate: new Date(stopDate),
      status: status === 'ABORTED' ? 'FAILED' : status,
      input: input.input ?? '{}',
      inputDetails: { included: true },
      ...(output !== undefined && {
        output: JSON.stringify(output),
        outputDetails: { included: true },
      }),
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
      // Billed by 100 ms and 64 MB (Step Functions pricing).
      billingDetails: {
        billedDurationInMilliseconds: Math.max(100, Math.ceil(duration / 100) * 100),
        billedMemoryUsedInMB: 64,
      },
    };
  },
);

export const stopExecution = operation(
  StopExecution$,
  ({ executionArn = '', error, cause }: StopExecutionInput, { runs }): StopExecutionOutput => {
    const row = runs.stop(executionArn, error, cause);
    return { stopDate: new Date(row.stopDate ?? Date.now()) };
  },
);

export const redriveExecution = operation(
  RedriveExecution$,
  ({ executionArn = '' }: RedriveExecutionInput, { runs }): RedriveExecutionOutput => ({
    redriveDate: runs.redrive(executionArn),
  }),
);

export const describeExecution = operation(
  DescribeExecution$,
  ({ executionArn = '' }: DescribeExecutionInput, { runs }): DescribeExecutionOutput => {
    const row = runs.row(executionArn);
    const { input, output, error, cause, versionArn, aliasArn, mapRunArn, redriveDate } = row;
    return {
      ...summaryOf(row),
      input,
      inputDetails: { included: true },
      ...(output !== null && { output, outputDetails: { included: true } }),
      ...(error !== null && { error }),
      ...(cause !== null && { cause }),
      ...(versionArn !== null && { stateMachineVersionArn: versionArn }),
      ...(aliasArn !== null && { stateMachineAliasArn: aliasArn }),
      ...(mapRunArn !== null && { mapRunArn }),
      ...(redriveDate !== null && { redriveDate: new Date(redriveDate) }),
      redriveStatus: ['FAILED', 'TIMED_OUT', 'ABORTED'].includes(row.status)
        ? 'REDRIVABLE'
        : 'NOT_REDRIVABLE',
    };
  },
);

export const listExecutions = operation(
  ListExecutions$,
  (input: ListExecutionsInput, { catalog, store }): ListExecutionsOutput => {
    const { stateMachineArn, mapRunArn, statusFilter } = input;
    if ((stateMachineArn === undefined) === (mapRunArn === undefined)) {
      throw new ApiError(
        'ValidationException',
        'Exactly one of stateMachineArn and mapRunArn must be specified',
      );
    }
    const page = pageOf(input);
    const filter: ExecutionFilter = {
      ...(mapRunArn === undefined ? filterOf(stateMachineArn ?? '', catalog) : { mapRunArn }),
      ...(statusFilter !== undefined && { status: statusFilter }),
    };
    const [rows, nextToken] = paged(store.executions(filter, page), page);
    return { executions: rows.map(summaryOf), nextToken };
  },
);

export const getExecutionHistory = operation(
  GetExecutionHistory$,
  (input: GetExecutionHistoryInput, { runs, store }) => {
    const { executionArn = '', reverseOrder, includeExecutionData } = input;
    runs.row(executionArn);
    const page = pageOf(input);
    const stored = store.events(executionArn, page, reverseOrder === true ? 'DESC' : 'ASC');
    const [events, nextToken] = paged(stored, page);
    const shown = includeExecutionData === false ? events.map(withoutData) : events;
    return {
      events: shown.map(({ timestamp, ...event }) => ({
        timestamp: new Date(timestamp),
        ...event,
      })),
      nextToken,
    };
  },
);

function filterOf(arn: string, catalog: { machine(arn: string): object }): ExecutionFilter {
  const { machineArn, qualifier } = splitQualifier(arn);
  catalog.machine(machineArn);
  if (qualifier === undefined) return { stateMachineArn: arn };
  return /^\d+$/.test(qualifier) ? { versionArn: arn } : { aliasArn: arn };
}

function summaryOf(row: ExecutionRow) {
  const { executionArn, stateMachineArn, name, status, startDate, stopDate } = row;
  const { versionArn, aliasArn, redriveCount } = row;
  return {
    executionArn,
    stateMachineArn,
    name,
    status,
    startDate: new Date(startDate),
    ...(stopDate !== null && { stopDate: new Date(stopDate) }),
    ...(versionArn !== null && { stateMachineVersionArn: versionArn }),
    ...(aliasArn !== null && { stateMachineAliasArn: aliasArn }),
    redriveCount,
  };
}

/** Without what went in and came out; that it was left out is said as the service does. */
function withoutData(event: HistoryEvent): HistoryEvent {
  return Object.fromEntries(
    Object.entries(event).map(([key, details]) => {
      if (!key.endsWith('EventDetails')) return [key, details];
      const kept = Object.entries(details as object).filter(
        ([name]) => !/^(?:input|output|parameters)(?:Details)?$|^assignedVariables/.test(name),
      );
      return [key, Object.fromEntries(kept)];
    }),
  ) as unknown as HistoryEvent;
}
