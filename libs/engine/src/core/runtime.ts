import { EngineError } from '../engine-error.ts';
import { awsLimits, exceedsBytes } from '../limits.ts';
import { seededRandom } from '../random.ts';
import type { EngineOptions } from '../engine-options.ts';
import { isValidName } from '../name.ts';
import { Exchange } from './exchange.ts';
import { ExecutionRun } from './execution.ts';
import type { ExecutionBook } from './execution-book.ts';
import { StateMachines, type StateMachineRecord } from './registry.ts';
import { Scheduler } from './scheduler.ts';
import type { ChildStart, EngineServices } from './services.ts';

/** The state machines of one engine, and their executions. */
export class Runtime {
  readonly services: EngineServices;
  readonly machines: StateMachines;
  readonly #executions: ExecutionBook<ExecutionRun>;
  /** Execution ARNs up to the name. */
  readonly #arnPrefixes = new WeakMap<StateMachineRecord, string>();

  /** @param onStalled nothing is due, nothing is held, no timer is set */
  constructor(options: EngineOptions, onStalled: () => void) {
    const seed = options.seed ?? 0;
    this.machines = options.stateMachines ?? new StateMachines(options.limits);
    const { tokens, activities, executions, mapRuns } = options.exchange ?? new Exchange();
    this.#executions = executions;
    this.services = {
      scheduler: new Scheduler(options.clock, onStalled),
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
      tokens,
      activities,
      executions,
      mapRuns,
      machines: this.machines,
      startChild: (start) => this.start(start),
    };
  }

  /** This engine's executions that have not ended. */
  running(): ExecutionRun[] {
    return this.#executions.running().filter(({ services }) => services === this.services);
  }

  /** @throws EngineError StateMachineDoesNotExist, InvalidName, InvalidExecutionInput, ExecutionAlreadyExists */
  start({ stateMachineArn, name: wanted, input, lineage, onEnd, given }: ChildStart): ExecutionRun {
    const machine = this.machines.get(stateMachineArn);
    if (machine === undefined) {
      throw new EngineError(
        'StateMachineDoesNotExist',
        `State Machine Does Not Exist: '${stateMachineArn}'`,
      );
    }
    if (wanted !== undefined && !isValidName(wanted)) {
      throw new EngineError('InvalidName', `Invalid Name: '${wanted}'`);
    }
    const { limits, random } = this.services;
    if (exceedsBytes(input, limits.stateDataBytes)) {
      throw new EngineError(
        'InvalidExecutionInput',
        `Invalid State Machine Execution Input: larger than ${limits.stateDataBytes} bytes`,
      );
    }
    const name = wanted ?? random.uuid();
    const arn = this.#executionArn(machine, name);
    // A name that was made up is nobody else's; those of Express executions may come again.
    const named = wanted !== undefined && machine.type === 'STANDARD';
    if (named && this.#executions.has(arn)) {
      const known = this.#executions.get(arn);
      const same =
        known !== undefined &&
        known.status === 'RUNNING' &&
        JSON.stringify(known.input) === JSON.stringify(input);
      if (!same) {
        throw new EngineError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
      }
      if (onEnd !== undefined) void known.result.then(onEnd);
      return known;
    }
    const execution = new ExecutionRun(this.services, {
      machine: machine.machine,
      arn,
      name,
      stateMachineArn: machine.arn,
      stateMachineName: machine.name,
      roleArn: machine.roleArn,
      type: machine.type,
      input,
      context: given?.context,
      variables: given?.variables,
      lineage: lineage?.descend(limits),
      onEnd,
    });
    this.#executions.add(execution, named || this.machines.askForExecutions);
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
      ? `${prefix}${name}:${this.services.random.uuid()}`
      : prefix + name;
  }

  #arnPrefix(machine: StateMachineRecord): string {
    const { partition, region, accountId } = this.services;
    const parts = machine.arn.split(':');
    const [, arnPartition = partition, , arnRegion = region, arnAccount = accountId] = parts;
    const kind = machine.type === 'EXPRESS' ? 'express' : 'execution';
    const base = `arn:${arnPartition}:states:${arnRegion}:${arnAccount}`;
    return `${base}:${kind}:${parts[6] ?? machine.name}:`;
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
