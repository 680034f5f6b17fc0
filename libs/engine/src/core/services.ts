import type { ExecutionEvent, RunTask, StateMachineType, TaskRequest } from '../types.ts';
import type { Limits } from '../limits.ts';
import type { ObjectStore } from '../object-store.ts';
import type { RandomSource } from '../expressions/types.ts';
import type { Executions } from './execution-book.ts';
import type { Lineage } from './lineage.ts';
import type { MapRunRecord } from './map-run-record.ts';
import type { StartedExecution } from './running-execution.ts';
import type { Scheduler } from './scheduler.ts';
import type { TaskTokens } from './task-tokens.ts';
import type { Json, JsonObject } from '../json.ts';
import type { ExecutionResult } from '../types.ts';
import type { ActivityQueues } from './activity-queues.ts';

/** Options of a nested start, by whichever state machine. */
export interface ChildStart {
  readonly stateMachineArn: string;
  readonly name: string | undefined;
  readonly input: Json;
  /** Of the execution that starts it; undefined where the host does. */
  readonly lineage: Lineage | undefined;
  readonly onEnd?: (result: ExecutionResult) => void;
  /** In a test of one state. */
  readonly given?: {
    readonly context: JsonObject;
    readonly variables: JsonObject | undefined;
  };
}

/** What executions ask of the state machines. */
interface Machines {
  get(arn: string): { readonly type: StateMachineType } | undefined;
  /** Some machine asks for executions that may have ended. */
  readonly askForExecutions: boolean;
}

/** What the engine gives its executions: the resolved form of EngineOptions, and its registries. */
export interface EngineServices {
  readonly scheduler: Scheduler;
  readonly limits: Limits;
  readonly seed: number;
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly runTask: RunTask;
  readonly interceptTask: ((request: TaskRequest) => boolean) | undefined;
  readonly onEvent: ((event: ExecutionEvent) => void) | undefined;
  readonly objectStore: ObjectStore | undefined;
  /** Real milliseconds until an unanswered Task no longer holds the clock. */
  readonly taskPatienceMs: number;
  /** Random values that belong to no execution: names of executions. */
  readonly random: RandomSource;
  readonly tokens: TaskTokens;
  readonly activities: ActivityQueues;
  readonly executions: Executions;
  readonly mapRuns: Map<string, MapRunRecord>;
  readonly machines: Machines;
  startChild(options: ChildStart): StartedExecution;
}
