import type { ExecutionStatus } from '@harmony/engine';

/** One execution, as it is kept. Times are milliseconds since the epoch, input and output JSON text. */
export interface ExecutionRow {
  readonly executionArn: string;
  /** Without version or alias. */
  readonly stateMachineArn: string;
  readonly versionArn: string | null;
  readonly aliasArn: string | null;
  readonly mapRunArn: string | null;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: number;
  readonly stopDate: number | null;
  readonly input: string;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  readonly redriveCount: number;
  readonly redriveDate: number | null;
  /** The definition that it started with. */
  readonly definition: string | null;
}

/** A Map Run of a Distributed Map. */
export interface MapRunRow {
  readonly mapRunArn: string;
  /** The execution whose Map it is. */
  readonly executionArn: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly startDate: number;
  readonly stopDate: number | null;
}

/** What a row may be changed to. */
export type ExecutionChange = Partial<Omit<ExecutionRow, 'executionArn'>>;
