import type { ActivityTask } from './core/activity-queues.ts';
import { Exchange } from './core/exchange.ts';
import { ExecutionRun } from './core/execution.ts';
import type { ExecutionBook } from './core/execution-book.ts';
import { failure } from './core/failure.ts';
import { StateMachines, type StateMachineRecord } from './core/registry.ts';
import { Scheduler } from './core/scheduler.ts';
import type { ChildStart, EngineServices } from './core/services.ts';
import type { TokenHolder } from './core/task-tokens.ts';
import { EngineError } from './engine-error.ts';
import type { EngineOptions } from './engine-options.ts';
import { plainJson, type Json } from './json.ts';
import { awsLimits, exceedsBytes } from './limits.ts';
import { seededRandom } from './random.ts';
import { prepareTest } from './test-state/prepare.ts';
import type { TestStateOptions, TestStateResult } from './test-state/options.ts';
import { virtualClock } from './clock/virtual.ts';
import type {
  Execution,
  StartExecutionOptions,
  StateMachineDefinition,
  StateMachineOptions,
} from './types.ts';

/** `^[…]+$` of the API: no spaces, brackets, wildcards, quotes, control characters. */
const validName = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/;

/**
 * Runs state machines. It touches nothing outside its options: no files, no network, no clock but
 * the one it is given. The same machines, inputs, task answers and seed give the same histories.
 */
export class Engine {
  readonly #options: EngineOptions;
  readonly #services: EngineServices;
  readonly #machines: StateMachines;
  readonly #executions: ExecutionBook<ExecutionRun>;
  readonly #scheduler: Scheduler;
  /** Execution ARNs up to the name. */
  readonly #arnPrefixes = new WeakMap<StateMachineRecord, string>();

  constructor(options: EngineOptions) {
    this.#options = options;
    const seed = options.seed ?? 0;
    this.#machines = options.stateMachines ?? new StateMachines(options.limits);
    const { tokens, activities, executions } = options.exchange ?? new Exchange();
    this.#executions = executions;
    this.#scheduler = new Scheduler(options.clock, () => this.#stalled());
    this.#services = {
      scheduler: this.#scheduler,
      limits: { ...awsLimits, ...options.limits },
      seed,
      accountId: options.accountId ?? '123456789012',
      region: options.region ?? 'us-east-1',
      partition: options.partition ?? 'aws',
      runTask: options.runTask,
      interceptTask: options.interceptTask,
      onEvent: guarded(options.onEvent),
      objectStore: options.objectStore,
      taskPatienceMs: options.taskPatienceMs ?? 60_000,
      random: seededRandom(`${seed} names`),
      running: new Set(),
      tokens,
      activities,
      executions,
      machineType: (arn) => this.#machines.get(arn)?.type,
      startChild: (start) => this.#start(start),
    };
  }

  /**
   * Validates and compiles a state machine; its executions reuse the result.
   * @throws InvalidDefinition with diagnostics; EngineError StateMachineAlreadyExists
   */
  addStateMachine(options: StateMachineOptions): void {
    this.#machines.add(options);
  }

  /**
   * Tests one state, alone or of a whole machine, as the TestState API has it since November 2025:
   * nothing is called, `mock` answers. Values are JSON where the API has JSON text.
   * https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html
   * @throws InvalidDefinition; EngineError ValidationException, InvalidDefinition
   */
  static async testState(
    definition: StateMachineDefinition,
    input: Json = {},
    options: TestStateOptions = {},
  ): Promise<TestStateResult> {
    const test = prepareTest(definition, plainJson(input), options, awsLimits);
    const engine = new Engine({
      clock: virtualClock(options.now ?? Date.now()),
      runTask: test.runTask,
      interceptTask: () => true,
      ...(test.objectStore !== undefined && { objectStore: test.objectStore }),
    });
    const { accountId, region } = engine.#services;
    const arn = `arn:aws:states:${region}:${accountId}:stateMachine:test-state`;
    const roleArn = `arn:aws:iam::${accountId}:role/test-state`;
    const { machine, context, variables } = test;
    engine.#machines.keep({ arn, name: 'test-state', roleArn, type: 'EXPRESS', machine });
    const execution = engine.#start({
      stateMachineArn: arn,
      name: 'test',
      input: plainJson(input),
      lineage: undefined,
      given: { context, variables },
    });
    return test.report(await execution.result);
  }

  /**
   * Starts an execution; it takes its first step after the caller's own code has finished.
   * The same name and input while that execution runs gives the running one (as the API does).
   * @throws EngineError StateMachineDoesNotExist, InvalidName, InvalidExecutionInput, ExecutionAlreadyExists
   */
  startExecution(options: StartExecutionOptions): Execution {
    return this.#start({
      stateMachineArn: options.stateMachineArn,
      name: options.name,
      input: options.input === undefined ? {} : plainJson(options.input),
      lineage: undefined,
    });
  }

  #start({
    stateMachineArn,
    name: wanted,
    input,
    lineage,
    onEnd,
    given,
  }: ChildStart): ExecutionRun {
    const machine = this.#machines.get(stateMachineArn);
    if (machine === undefined) {
      throw new EngineError(
        'StateMachineDoesNotExist',
        `State Machine Does Not Exist: '${stateMachineArn}'`,
      );
    }
    if (wanted !== undefined && !validName.test(wanted)) {
      throw new EngineError('InvalidName', `Invalid Name: '${wanted}'`);
    }
    const { stateDataBytes } = this.#services.limits;
    if (exceedsBytes(input, stateDataBytes)) {
      throw new EngineError(
        'InvalidExecutionInput',
        `Invalid State Machine Execution Input: larger than ${stateDataBytes} bytes`,
      );
    }
    const name = wanted ?? this.#services.random.uuid();
    const arn = this.#executionArn(machine, name);
    const express = machine.type === 'EXPRESS';
    // A name that was made up is nobody else's.
    if (!express && wanted !== undefined && this.#executions.has(arn)) {
      const known = this.#executions.get(arn);
      const same =
        known !== undefined &&
        known.status === 'RUNNING' &&
        JSON.stringify(known.options.input) === JSON.stringify(input);
      if (!same) {
        throw new EngineError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
      }
      if (onEnd !== undefined) void known.result.then(onEnd);
      return known;
    }
    const execution = new ExecutionRun(this.#services, {
      machine: machine.machine,
      arn,
      name,
      stateMachineArn: machine.arn,
      stateMachineName: machine.name,
      roleArn: machine.roleArn,
      type: machine.type,
      input,
      ...given,
      lineage: lineage?.descend(this.#services.limits),
      onEnd: (result) => {
        // The run belongs to whoever holds it: kept all the same, it would only fill the memory.
        if (!express && !this.#machines.askForExecutions) {
          this.#executions.ended(arn, wanted !== undefined);
        }
        onEnd?.(result);
      },
    });
    if (!express) this.#executions.add(execution);
    this.#services.running.add(execution);
    execution.start();
    return execution;
  }

  #executionArn(machine: StateMachineRecord, name: string): string {
    let prefix = this.#arnPrefixes.get(machine);
    if (prefix === undefined) {
      prefix = this.#arnPrefix(machine);
      this.#arnPrefixes.set(machine, prefix);
    }
    return machine.type === 'EXPRESS'
      ? `${prefix}${name}:${this.#services.random.uuid()}`
      : prefix + name;
  }

  #arnPrefix(machine: StateMachineRecord): string {
    const { partition, region, accountId } = this.#services;
    const parts = machine.arn.split(':');
    const [, arnPartition = partition, , arnRegion = region, arnAccount = accountId] = parts;
    const kind = machine.type === 'EXPRESS' ? 'express' : 'execution';
    const base = `arn:${arnPartition}:states:${arnRegion}:${arnAccount}`;
    return `${base}:${kind}:${parts[6] ?? machine.name}:`;
  }

  /**
   * Ends the Task that waits with this token.
   * @throws EngineError TaskDoesNotExist
   */
  sendTaskSuccess(taskToken: string, output: Json): void {
    const holder = this.#holder(taskToken);
    this.#services.tokens.close(taskToken);
    holder.succeed(plainJson(output));
    this.#scheduler.wake();
  }

  /** @throws EngineError TaskDoesNotExist */
  sendTaskFailure(taskToken: string, how: { error?: string; cause?: string } = {}): void {
    const holder = this.#holder(taskToken);
    this.#services.tokens.close(taskToken);
    holder.fail(failure(how.error, how.cause));
    this.#scheduler.wake();
  }

  /** Puts the Task's heartbeat timeout off. @throws EngineError TaskDoesNotExist */
  sendTaskHeartbeat(taskToken: string): void {
    this.#holder(taskToken).heartbeat();
    this.#scheduler.wake();
  }

  /**
   * Takes the oldest task that waits for a worker of this activity; undefined when none does.
   * The answer goes to sendTaskSuccess, sendTaskFailure, sendTaskHeartbeat.
   */
  getActivityTask(activityArn: string, workerName?: string): ActivityTask | undefined {
    const task = this.#services.activities.take(activityArn, workerName);
    this.#scheduler.wake();
    return task;
  }

  #holder(taskToken: string): TokenHolder {
    const holder = this.#services.tokens.get(taskToken);
    if (holder !== undefined) return holder;
    throw new EngineError(
      'TaskDoesNotExist',
      `Task does not exist, or was answered or timed out: '${taskToken}'`,
    );
  }

  /** Nothing is due, nothing is held, no timer is set: what still runs waits for somebody outside. */
  #stalled(): void {
    const { running } = this.#services;
    if (running.size === 0) return;
    const executions = [...running].map((execution) => ({
      executionArn: execution.arn,
      waiting: execution.waitingStates(),
    }));
    if (this.#options.onStalled !== undefined) {
      this.#options.onStalled({ executions });
      return;
    }
    if (!this.#options.clock.virtual) return;
    for (const execution of [...running]) {
      const waiting = execution.waitingStates().join(', ');
      execution.stop(
        'Engine.Stalled',
        `Nothing can wake this execution: no timer is set and no Task is being answered. Waiting: ${waiting}.`,
      );
    }
  }
}

/** A listener's own fault is the host's to see; it must not change what the execution does. */
function guarded(listener: EngineOptions['onEvent']): EngineOptions['onEvent'] {
  if (listener === undefined) return undefined;
  return (event) => {
    try {
      listener(event);
    } catch (fault) {
      queueMicrotask(() => {
        throw fault;
      });
    }
  };
}
