import { isoTime } from '../core/time.ts';
import type { JsonObject } from '../json.ts';
import type { ExecutionStatus } from '../types.ts';
import type { Tolerance } from './tolerance.ts';

/** One unit of a Map Run, as its counts have it. */
export interface CountedUnit {
  readonly status: ExecutionStatus | 'PENDING';
  /** How many items it stands for. */
  readonly size: number;
}

export interface DescribedMapRun {
  readonly arn: string;
  readonly executionArn: string;
  readonly startDate: number;
  readonly stopDate: number | undefined;
  readonly status: ExecutionStatus;
  readonly concurrency: number;
  readonly tolerated: Tolerance;
  readonly redrives: number;
  readonly redriveDate: number | undefined;
  readonly units: readonly CountedUnit[];
  /** Children whose results went to the store. */
  readonly written: boolean;
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html */
export function describeMapRun(run: DescribedMapRun): JsonObject {
  const items = counts(run, ({ size }) => size);
  return {
    ExecutionArn: run.executionArn,
    ExecutionCounts: counts(run, () => 1),
    ItemCounts: items,
    MapRunArn: run.arn,
    MaxConcurrency: run.concurrency,
    RedriveCount: run.redrives,
    ...(run.redriveDate !== undefined && { RedriveDate: isoTime(run.redriveDate) }),
    StartDate: isoTime(run.startDate),
    Status: run.status,
    ...(run.stopDate !== undefined && { StopDate: isoTime(run.stopDate) }),
    ToleratedFailureCount: run.tolerated.count ?? 0,
    ToleratedFailurePercentage: run.tolerated.percentage ?? 0,
  };
}

function counts(
  { units, written, status }: DescribedMapRun,
  weight: (unit: CountedUnit) => number,
): JsonObject {
  const sum = (...of: CountedUnit['status'][]): number =>
    units.reduce((total, unit) => total + (of.includes(unit.status) ? weight(unit) : 0), 0);
  const pending = sum('PENDING');
  const over = status !== 'RUNNING' && status !== 'SUCCEEDED';
  return {
    Aborted: sum('ABORTED'),
    Failed: sum('FAILED'),
    FailuresNotRedrivable: 0,
    Pending: pending,
    PendingRedrive: over ? sum('FAILED', 'TIMED_OUT', 'ABORTED') + pending : 0,
    ResultsWritten: written ? sum('SUCCEEDED', 'FAILED', 'TIMED_OUT') : 0,
    Running: sum('RUNNING'),
    Succeeded: sum('SUCCEEDED'),
    TimedOut: sum('TIMED_OUT'),
    Total: units.reduce((total, unit) => total + weight(unit), 0),
  };
}
