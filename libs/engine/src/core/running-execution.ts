import type { RandomSource } from '../expressions/types.ts';

/** What the engine may ask of an execution that has not ended. */
export interface RunningExecution {
  readonly arn: string;
  /** Names of the states in which it waits, for a report. */
  waitingStates(): string[];
  stop(error?: string, cause?: string): void;
}

/** What a state may ask of an execution that it started. */
export interface StartedExecution extends RunningExecution {
  readonly name: string;
  readonly startDate: number;
  readonly random: RandomSource;
}
