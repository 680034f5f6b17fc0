import type { ExecutionResult, ExecutionStatus } from '../types.ts';
import type { RunningExecution } from './running-execution.ts';
import type { Json } from '../json.ts';

/** What Step Functions' own API may ask of an execution. */
export interface BookedExecution extends RunningExecution {
  readonly name: string;
  readonly stateMachineArn: string;
  readonly status: ExecutionStatus;
  readonly startDate: number;
  readonly redriveCount: number;
  readonly input: Json;
  /** How it ended; undefined while it runs. */
  readonly outcome: ExecutionResult | undefined;
  redrive(): void;
}

/** What states may look up in the book. */
export interface Executions {
  get(arn: string): BookedExecution | undefined;
  /** Newest first. */
  of(stateMachineArn: string): BookedExecution[];
}

/** Standard executions by ARN. A name stays taken; the run itself is kept only while it may be asked for. */
export class ExecutionBook<Run extends BookedExecution> implements Executions {
  readonly #runs = new Map<string, Run | undefined>();
  has(arn: string): boolean {
    return this.#runs.has(arn);
  }

  get(arn: string): Run | undefined {
    return this.#runs.get(arn);
  }

  of(stateMachineArn: string): Run[] {
    return [...this.#runs.values()]
      .filter((run): run is Run => run?.stateMachineArn === stateMachineArn)
      .reverse();
  }

  add(run: Run): void {
    this.#runs.set(run.arn, run);
  }

  /** @param named its name was asked for: one that was made up cannot come again */
  ended(arn: string, named: boolean): void {
    if (named) this.#runs.set(arn, undefined);
    else this.#runs.delete(arn);
  }
}
