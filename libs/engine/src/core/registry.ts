import { compileMachine, CompileError } from '../compile/compile.ts';
import { EngineError } from '../engine-error.ts';
import { asksForExecutions } from '../integrations/own-calls.ts';
import { InvalidDefinition } from '../invalid-definition.ts';
import { copyJson, type JsonObject } from '../json.ts';
import { awsLimits, type Limits } from '../limits.ts';
import type { StateMachineOptions, StateMachineType } from '../types.ts';
import { validateDefinition } from '../validate/definition.ts';
import type { CompiledMachine } from './port.ts';

/** A state machine that was added to the engine. */
export interface StateMachineRecord {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly type: StateMachineType;
  readonly machine: CompiledMachine;
  /** Some state of it calls DescribeExecution or its like. */
  readonly asksForExecutions?: boolean;
}

/** The state machines of an engine, or of several that each have a clock of their own. */
export class StateMachines {
  /** Some machine asks for executions: those that ended must still be there. */
  askForExecutions = false;
  readonly #limits: Limits;
  readonly #records = new Map<string, StateMachineRecord>();

  /** @param limits quotas that differ from the service's own */
  constructor(limits: Partial<Limits> = {}) {
    this.#limits = { ...awsLimits, ...limits };
  }

  get(arn: string): StateMachineRecord | undefined {
    return this.#records.get(arn);
  }

  /**
   * Validates and compiles a state machine; its executions reuse the result.
   * @throws InvalidDefinition with diagnostics; EngineError StateMachineAlreadyExists
   */
  add(options: StateMachineOptions): void {
    if (this.#records.has(options.arn)) {
      throw new EngineError(
        'StateMachineAlreadyExists',
        `State Machine Already Exists: '${options.arn}'`,
      );
    }
    this.put(options);
  }

  /**
   * Adds a state machine, or replaces it: what runs keeps the definition that it started with, as
   * after UpdateStateMachine.
   * @throws InvalidDefinition with diagnostics; what was there stays
   */
  put({
    arn,
    name,
    roleArn,
    type = 'STANDARD',
    definition: given,
    reach,
  }: StateMachineOptions): void {
    // The caller's object may change later; a running machine must not.
    const definition = copyDefinition(name, given);
    const errors = validateDefinition(definition, { type }).filter(
      ({ severity }) => severity === 'ERROR',
    );
    if (errors.length > 0) throw new InvalidDefinition(name, errors);
    try {
      const machine = compileMachine(definition, type, this.#limits, { reach });
      const record = { arn, name, roleArn, type, machine };
      this.keep({ ...record, asksForExecutions: asksForExecutions(definition) });
    } catch (cause) {
      if (!(cause instanceof CompileError)) throw cause;
      const { code, pointer, message } = cause;
      throw new InvalidDefinition(name, [{ severity: 'ERROR', code, pointer, message }], { cause });
    }
  }

  /** For what is compiled already. */
  keep(record: StateMachineRecord): void {
    this.#records.set(record.arn, record);
    this.askForExecutions ||= record.asksForExecutions === true;
  }

  /** Its executions run on. */
  delete(arn: string): void {
    this.#records.delete(arn);
  }
}

function copyDefinition(name: string, definition: unknown): JsonObject {
  try {
    return copyJson(definition) as JsonObject;
  } catch (cause) {
    // A cycle, a BigInt, or nesting too deep for the host.
    const message = `A definition must be JSON: ${cause instanceof Error ? cause.message : ''}`;
    const severity = 'ERROR';
    throw new InvalidDefinition(
      name,
      [{ severity, code: 'INVALID_JSON_DESCRIPTION', pointer: '', message }],
      { cause },
    );
  }
}
