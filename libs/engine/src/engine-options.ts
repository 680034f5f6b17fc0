import type { Clock } from './clock/clock.ts';
import type { Exchange } from './core/exchange.ts';
import type { StateMachines } from './core/registry.ts';
import type { Limits } from './limits.ts';
import type { ObjectStore } from './object-store.ts';
import type { ExecutionEvent, RunTask, StalledReport, TaskRequest } from './types.ts';

export interface EngineOptions {
  readonly clock: Clock;
  /** State machines that other engines have, too. Default: its own. */
  readonly stateMachines?: StateMachines;
  /** Task tokens, activities and executions in common with other engines. Default: its own. */
  readonly exchange?: Exchange;
  readonly runTask: RunTask;
  /** True: `runTask` answers this request even though the engine could (a mock of startExecution). */
  readonly interceptTask?: (request: TaskRequest) => boolean;
  /** Seed of every random value (UUIDs, jitter, States.MathRandom, names). Default 0. */
  readonly seed?: number;
  /** Called for each history event, in order, as it happens. Without it no event is kept. */
  readonly onEvent?: (event: ExecutionEvent) => void;
  /** Called when nothing can wake what still runs; see `Engine`. */
  readonly onStalled?: (report: StalledReport) => void;
  /** Default 123456789012. */
  readonly accountId?: string;
  /** Default us-east-1. */
  readonly region?: string;
  /** Default aws. */
  readonly partition?: string;
  /** Read by ItemReader and written by ResultWriter. Default: none, both fail by name. */
  readonly objectStore?: ObjectStore;
  /**
   * Real milliseconds for which a `runTask` that has neither answered nor parked holds the clock;
   * then time passes on, so that a Task's timeout ends it. Default 60,000.
   */
  readonly taskPatienceMs?: number;
  /** Quotas that differ from the service's own; Infinity switches one off (a benchmark, a test). */
  readonly limits?: Partial<Limits>;
}
