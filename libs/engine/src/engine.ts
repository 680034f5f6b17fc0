import type { ActivityTask } from './core/activity-queues.ts';
import { failure } from './core/failure.ts';
import { Runtime } from './core/runtime.ts';
import type { TokenHolder } from './core/task-tokens.ts';
import { EngineError } from './engine-error.ts';
import type { EngineOptions } from './engine-options.ts';
import { plainJson, type Json } from './json.ts';
import { testState } from './test-state/test-state.ts';
import type { Execution, StartExecutionOptions, StateMachineOptions } from './types.ts';

/**
 * Runs state machines. It touches nothing outside its options: no files, no network, no clock but
 * the one it is given. The same machines, inputs, task answers and seed give the same histories.
 */
export class Engine {
  readonly #options: EngineOptions;
  readonly #runtime: Runtime;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#runtime = new Runtime(options, () => this.#stalled());
  }

  /**
   * Validates and compiles a state machine; its executions reuse the result.
   * @throws InvalidDefinition with diagnostics; EngineError StateMachineAlreadyExists
   */
  addStateMachine(options: StateMachineOptions): void {
    this.#runtime.machines.add(options);
  }

  /** Tests one state: see `testState`. */
  static readonly testState = testState;

  /**
   * Starts an execution; it takes its first step after the caller's own code has finished.
   * The same name and input while that execution runs gives the running one (as the API does).
   * @throws EngineError StateMachineDoesNotExist, InvalidName, InvalidExecutionInput, ExecutionAlreadyExists
   */
  startExecution(options: StartExecutionOptions): Execution {
    return this.#runtime.start({
      stateMachineArn: options.stateMachineArn,
      name: options.name,
      input: options.input === undefined ? {} : plainJson(options.input),
      lineage: undefined,
    });
  }

  /**
   * Ends the Task that waits with this token.
   * @throws EngineError TaskDoesNotExist
   */
  sendTaskSuccess(taskToken: string, output: Json): void {
    const holder = this.#holder(taskToken);
    this.#runtime.services.tokens.close(taskToken);
    holder.succeed(plainJson(output));
    this.#runtime.services.scheduler.wake();
  }

  /** @throws EngineError TaskDoesNotExist */
  sendTaskFailure(taskToken: string, how: { error?: string; cause?: string } = {}): void {
    const holder = this.#holder(taskToken);
    this.#runtime.services.tokens.close(taskToken);
    holder.fail(failure(how.error, how.cause));
    this.#runtime.services.scheduler.wake();
  }

  /** Puts the Task's heartbeat timeout off. @throws EngineError TaskDoesNotExist */
  sendTaskHeartbeat(taskToken: string): void {
    this.#holder(taskToken).heartbeat();
    this.#runtime.services.scheduler.wake();
  }

  /**
   * Takes the oldest task that waits for a worker of this activity; undefined when none does.
   * The answer goes to sendTaskSuccess, sendTaskFailure, sendTaskHeartbeat.
   */
  getActivityTask(activityArn: string, workerName?: string): ActivityTask | undefined {
    const task = this.#runtime.services.activities.take(activityArn, workerName);
    this.#runtime.services.scheduler.wake();
    return task;
  }

  #holder(taskToken: string): TokenHolder {
    const holder = this.#runtime.services.tokens.get(taskToken);
    if (holder !== undefined) return holder;
    throw new EngineError(
      'TaskDoesNotExist',
      `Task does not exist, or was answered or timed out: '${taskToken}'`,
    );
  }

  /** Nothing is due, nothing is held, no timer is set: what still runs waits for somebody outside. */
  #stalled(): void {
    const running = this.#runtime.running();
    if (running.length === 0) return;
    const executions = running.map((execution) => ({
      executionArn: execution.arn,
      waiting: execution.waitingStates(),
    }));
    if (this.#options.onStalled !== undefined) {
      this.#options.onStalled({ executions });
      return;
    }
    if (!this.#options.clock.virtual) return;
    for (const execution of running) {
      const waiting = execution.waitingStates().join(', ');
      execution.stop(
        'Engine.Stalled',
        `Nothing can wake this execution: no timer is set and no Task is being answered. Waiting: ${waiting}.`,
      );
    }
  }
}
