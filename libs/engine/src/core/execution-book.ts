import type { ExecutionResult, ExecutionStatus, StateMachineType } from '../types.ts';
import type { RunningExecution } from './running-execution.ts';
import type { Json } from '../json.ts';

/** What Step Functions' own API may ask of an execution. */
export interface BookedExecution extends RunningExecution {
  readonly name: string;
  readonly type: StateMachineType;
  readonly stateMachineArn: string;
  readonly status: ExecutionStatus;
  readonly startDate: number;
  readonly redriveCount: number;
  readonly redriveDate: number | undefined;
  readonly input: Json;
  /** How it ended; undefined while it runs. */
  readonly outcome: ExecutionResult | undefined;
  redrive(): void;
}

/** What states and executions do with the book. */
export interface Executions {
  get(arn: string): BookedExecution | undefined;
  /** Newest first. */
  of(stateMachineArn: string): BookedExecution[];
  /** @param booked its name was asked for and stays taken, or some machine asks for executions */
  add(run: BookedExecution, booked: boolean): void;
  /** It runs again. */
  resumed(run: BookedExecution): void;
  /** @param kept it may be asked for all the same */
  ended(run: BookedExecution, kept: boolean): void;
}

/**
 * The executions that run; Standard ones can be found by their ARN, most of which nobody asks for.
 * Of one that ended no more than its name is kept, unless some machine asks for such executions.
 */
export class ExecutionBook<Run extends BookedExecution> implements Executions {
  /** In the order in which they were started; those that ended are swept now and then. */
  #runs: Run[] = [];
  #ended = 0;
  readonly #byArn = new Map<string, Run | undefined>();

  has(arn: string): boolean {
    return this.#byArn.has(arn);
  }

  get(arn: string): Run | undefined {
    return this.#byArn.get(arn) ?? this.#standard().find((run) => run.arn === arn);
  }

  of(stateMachineArn: string): Run[] {
    const all = new Set([...this.#byArn.values(), ...this.#standard()]);
    return [...all]
      .filter((run): run is Run => run?.stateMachineArn === stateMachineArn)
      .reverse()
      .sort((a, b) => b.startDate - a.startDate);
  }

  running(): Run[] {
    return this.#runs.filter(isRunning);
  }

  #standard(): Run[] {
    return this.running().filter(({ type }) => type === 'STANDARD');
  }

  add(run: Run, booked: boolean): void {
    this.#runs.push(run);
    if (booked && run.type === 'STANDARD') this.#byArn.set(run.arn, run);
  }

  resumed(run: Run): void {
    this.#sweep();
    if (!this.#runs.includes(run)) this.#runs.push(run);
    // A name stays in the book, its run may have left it.
    if (this.#byArn.has(run.arn)) this.#byArn.set(run.arn, run);
  }

  ended(run: Run, kept: boolean): void {
    if (++this.#ended > 8 && this.#ended > this.#runs.length / 2) this.#sweep();
    if (!kept && this.#byArn.size > 0 && this.#byArn.has(run.arn)) {
      this.#byArn.set(run.arn, undefined);
    }
  }

  #sweep(): void {
    this.#runs = this.running();
    this.#ended = 0;
  }
}

function isRunning({ status }: BookedExecution): boolean {
  return status === 'RUNNING';
}
