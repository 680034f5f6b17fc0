import { ActivityQueues } from './activity-queues.ts';
import { ExecutionBook } from './execution-book.ts';
import type { Execution } from '../types.ts';
import type { ExecutionRun } from './execution.ts';
import type { MapRunRecord } from './map-run-record.ts';
import { TaskTokens } from './task-tokens.ts';

/**
 * What engines with clocks of their own have in common, so that an execution of the one answers a
 * token of another, or asks after an execution of it. Opaque: only engines look into it.
 */
export class Exchange {
  /** @internal */
  readonly tokens = new TaskTokens();
  /** @internal */
  readonly activities = new ActivityQueues();
  /** @internal */
  readonly executions = new ExecutionBook<ExecutionRun>();
  /**
   * By ARN, where some machine asks for executions.
   * @internal
   */
  readonly mapRuns = new Map<string, MapRunRecord>();

  /** A Standard execution of any of the engines, while it runs. */
  execution(arn: string): Execution | undefined {
    return this.executions.get(arn);
  }
}
