import type { Reach } from './reach.ts';
import type { HistoryEvent } from './history/events.ts';
import type { Json, JsonObject } from './json.ts';

export type StateMachineType = 'STANDARD' | 'EXPRESS';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** A definition as parsed JSON. Unchecked: `addStateMachine` validates it. */
export type StateMachineDefinition = JsonObject;

export interface StateMachineOptions {
  readonly arn: string;
  readonly name: string;
  readonly definition: StateMachineDefinition;
  readonly roleArn: string;
  /** Default STANDARD. */
  readonly type?: StateMachineType;
  /** Who counts what its runs reach. Default: nobody. */
  readonly reach?: Reach | undefined;
}

/** One attempt of one Task that the engine does not answer by itself. */
export interface TaskRequest {
  /** The Resource as written, e.g. `arn:aws:states:::lambda:invoke.waitForTaskToken`. */
  readonly resource: string;
  /** The evaluated Parameters or Arguments; the state's effective input where it has none. */
  readonly input: Json;
  readonly stateName: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  /** 0 for the first attempt; Retry counts up. */
  readonly attempt: number;
  /** The context object as the Task sees it. */
  readonly context: JsonObject;
  /** Aborts when the Task times out, its execution ends, or a sibling branch fails. */
  readonly signal: AbortSignal;
  /** Only for `.waitForTaskToken`. */
  readonly taskToken?: string;
  /** The evaluated Credentials field, where the state has one. */
  readonly credentials?: Json;
  /** "This will not answer until something else happens": lets the virtual clock go on. */
  park(): void;
  /** Parks, and resolves when so much of the run's time has passed; never, once the call is over. */
  elapse(ms: number): Promise<void>;
}

export type RunTask = (request: TaskRequest) => Promise<Json>;

export interface ExecutionEvent {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  /** Of a child execution of a Map Run. */
  readonly mapRunArn: string | undefined;
  readonly event: HistoryEvent;
}

/** Reported when running executions wait for something that nothing in the engine can bring. */
export interface StalledReport {
  readonly executions: readonly {
    readonly executionArn: string;
    readonly waiting: readonly string[];
  }[];
}

export interface StartExecutionOptions {
  readonly stateMachineArn: string;
  /** Default: a UUID made from the seed. */
  readonly name?: string;
  /** Default {}. */
  readonly input?: Json;
}

export interface ExecutionResult {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly input: Json;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  /** Milliseconds since the epoch, on the engine's clock. */
  readonly startDate: number;
  readonly stopDate: number;
}

/** A started execution. */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly startDate: number;
  readonly status: ExecutionStatus;
  /** Never rejects because of the state machine; a redrive replaces it by a new promise. */
  readonly result: Promise<ExecutionResult>;
  /** Ends it as ABORTED, at once; children started with `.sync` are stopped too. */
  stop(error?: string, cause?: string): void;
  /** Continues a failed, timed-out or aborted Standard execution. Throws EngineError if it cannot. */
  redrive(): void;
}
