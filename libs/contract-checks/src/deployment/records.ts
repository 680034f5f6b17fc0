import type { TargetContract } from '@harmony/assembly';
import type { SentTarget } from '@harmony/artifact';
import type { ContractDocument } from '@harmony/contract';
import type { JsonSchema } from '@harmony/schema';

/** A child that is deployed. */
export interface DeployedChild {
  readonly name: string;
  readonly version: number;
  readonly contract: ContractDocument;
}

/** An orchestrator that is deployed. */
export interface DeployedOrchestrator {
  readonly name: string;
  readonly version: number;
  readonly payload: JsonSchema;
  /** As its definition has them. */
  readonly targets: readonly SentTarget[];
  /** What it takes and puts out as a target of another orchestration. */
  readonly contract?: TargetContract;
}

/** What is said of any execution in flight. */
interface Execution {
  readonly executionArn: string;
  /** The orchestration's name. */
  readonly orchestrator: string;
}

/**
 * An execution in flight. It keeps the definition it started with, so its targets may differ from
 * those that are deployed by now; a child that it starts later is the one deployed by then.
 */
export interface ReadableExecution extends Execution {
  readonly targets: readonly SentTarget[];
  /** What it sends to each child. */
  readonly payload: unknown;
}

/** One whose definition or input is not understood: it may run any child, with anything. */
export interface UnreadableExecution extends Execution {
  /** What is not understood, and where. */
  readonly unreadable: string;
}

export type RunningExecution = ReadableExecution | UnreadableExecution;

/** What one stage runs, wherever that is read from. */
export interface Deployed {
  readonly children: readonly DeployedChild[];
  readonly orchestrators: readonly DeployedOrchestrator[];
  readonly running: readonly RunningExecution[];
}

/** Reads what a stage runs. */
export interface DeployedSource {
  read(stage: string): Promise<Deployed>;
}
