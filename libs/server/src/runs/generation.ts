import { StateMachines } from '@harmony/engine';
import type { Json, StateMachineOptions } from '@harmony/engine';
import type { Stage, StateMachine } from '@harmony/assembly';
import { StageHost } from '@harmony/local';
import type { OnLocalEvent } from '@harmony/local';
import type { StateMachineResource } from '../catalog/resources.ts';

export interface GenerationOptions {
  readonly stage: Stage;
  readonly workspaceRoot: string;
  readonly mocksCase?: string;
  readonly objects?: string;
  readonly onEvent: OnLocalEvent;
}

/**
 * The workspace as one assembly has it: definitions and handlers. A run stays with the generation
 * that it started in, children and all; the next run takes the newest.
 */
export class Generation {
  readonly host: StageHost;
  readonly stateMachines = new StateMachines();
  readonly #stage: Stage;
  readonly #prepared = new Map<string, Promise<void>>();
  #users = 0;
  #superseded = false;
  #ended: Promise<void> | undefined;

  constructor(options: GenerationOptions) {
    this.#stage = options.stage;
    this.host = new StageHost(options);
  }

  /** False once its handlers' processes have been ended. */
  get usable(): boolean {
    return this.#ended === undefined;
  }

  /**
   * Makes a state machine startable, and all that it may start.
   * @throws LocalError, InvalidDefinition
   */
  prepare(machine: StateMachineResource): Promise<void> {
    const { stateMachineArn: arn, revisionId } = machine;
    const key = `${arn} ${revisionId}`;
    let prepared = this.#prepared.get(key);
    if (prepared === undefined) {
      prepared = this.#prepare(machine);
      this.#prepared.set(key, prepared);
      // What could not be read once may have been mended.
      prepared.catch(() => this.#prepared.delete(key));
    }
    return prepared;
  }

  async #prepare(machine: StateMachineResource): Promise<void> {
    const options = optionsOf(machine, machine.stateMachineArn);
    const model = this.#stage.stateMachines.find(({ arn }) => arn === options.arn);
    const root = model ?? modelOf(options);
    for (const reached of await this.host.prepare(root)) this.stateMachines.put(reached);
    this.stateMachines.put(options);
  }

  use(): void {
    this.#users++;
  }

  async release(): Promise<void> {
    this.#users--;
    await this.#endIfIdle();
  }

  /** Its handlers' processes end with its last run. */
  async supersede(): Promise<void> {
    this.#superseded = true;
    await this.#endIfIdle();
  }

  async end(): Promise<void> {
    await (this.#ended ??= this.host[Symbol.asyncDispose]());
  }

  async #endIfIdle(): Promise<void> {
    if (this.#superseded && this.#users === 0) await this.end();
  }
}

/** As the engine takes it, under the ARN by which it is started. */
export function optionsOf(machine: StateMachineResource, arn: string): StateMachineOptions {
  const { name, roleArn, type } = machine;
  const definition = JSON.parse(machine.definition) as Record<string, Json>;
  return { arn, name, roleArn, type, definition };
}

/** One made through the API, as the host sees those of an assembly. */
function modelOf({ arn, name, roleArn, type, definition }: StateMachineOptions): StateMachine {
  const nothing = { policies: [], foreignPolicies: [] };
  const place = { stage: '', stack: '', logicalId: '' };
  return { ...place, ...nothing, arn, name, roleArn, type: type ?? 'STANDARD', definition };
}
