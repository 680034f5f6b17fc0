import type { FailurePlace, RunReport } from '@harmony/local';

/** A call that a state makes: `costexplorer:getCostAndUsage` and its parameters. */
export interface ServiceCall {
  readonly service: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ChildRun extends RunReport {
  /** The state in which it failed, and the line to open. */
  readonly failure: FailurePlace | undefined;
  /** Calls of AWS services in their order, failed ones included; the child's own functions are none. */
  readonly calls: readonly ServiceCall[];
}
