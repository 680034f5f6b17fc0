import type { JsonObject } from '../json.ts';

/** What Step Functions' own API may ask of a Map Run. */
export interface MapRunRecord {
  readonly arn: string;
  readonly executionArn: string;
  /** Of the children. */
  readonly stateMachineArn: string;
  readonly startDate: number;
  readonly stopDate: number | undefined;
  /** DescribeMapRun. */
  describe(): JsonObject;
}
