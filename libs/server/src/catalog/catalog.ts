import { randomUUID } from 'node:crypto';
import type { Stage } from '@harmony/assembly';
import { ApiError, missing } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { ResourceTable } from './resource-table.ts';
import { splitQualifier } from './resources.ts';
import type {
  ActivityResource,
  AliasResource,
  StateMachineResource,
  VersionResource,
} from './resources.ts';

/** What is started by an ARN: a state machine as it is now, or as a version has it. */
export interface Startable {
  readonly machine: StateMachineResource;
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
}

/**
 * Every resource that the API knows: the workspace's state machines, which the assembly owns, and
 * beside them what was made through the API.
 */
export class Catalog {
  readonly created: ResourceTable<StateMachineResource>;
  readonly versions: ResourceTable<VersionResource>;
  readonly aliases: ResourceTable<AliasResource>;
  readonly activities: ResourceTable<ActivityResource>;
  readonly tags: ResourceTable<Record<string, string>>;
  /** Where new resources get their ARNs. */
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  #workspace = new Map<string, StateMachineResource>();

  constructor(store: Store, stage: Stage) {
    this.created = new ResourceTable(store, 'stateMachine');
    this.versions = new ResourceTable(store, 'version');
    this.aliases = new ResourceTable(store, 'alias');
    this.activities = new ResourceTable(store, 'activity');
    this.tags = new ResourceTable(store, 'tags');
    const [, partition = 'aws', , region = 'us-east-1', account = '123456789012'] =
      stage.stateMachines[0]?.arn.split(':') ?? [];
    this.partition = partition;
    this.region = region;
    this.account = account;
    this.serve(stage, Date.now());
  }

  /** The workspace's state machines are now these. */
  serve(stage: Stage, now: number): void {
    const before = this.#workspace;
    const machines = stage.stateMachines.map((machine) => {
      const definition = JSON.stringify(machine.definition);
      const known = before.get(machine.arn);
      const same = known?.definition === definition && known.roleArn === machine.roleArn;
      const resource = {
        stateMachineArn: machine.arn,
        name: machine.name,
        type: machine.type,
        roleArn: machine.roleArn,
        definition,
        creationDate: known?.creationDate ?? now,
        updateDate: same ? known.updateDate : now,
        revisionId: same ? known.revisionId : randomUUID(),
      };
      return [machine.arn, resource] as const;
    });
    this.#workspace = new Map(machines);
  }

  arn(kind: 'stateMachine' | 'activity', name: string): string {
    return `arn:${this.partition}:states:${this.region}:${this.account}:${kind}:${name}`;
  }

  machines(): StateMachineResource[] {
    return [...this.#workspace.values(), ...this.created.all()];
  }

  find(arn: string): StateMachineResource | undefined {
    return this.#workspace.get(arn) ?? this.created.get(arn);
  }

  /** @throws ApiError StateMachineDoesNotExist */
  machine(arn: string): StateMachineResource {
    const found = this.find(arn);
    if (found === undefined) throw missing('StateMachine', arn);
    return found;
  }

  /**
   * One that the API made, for an operation that changes it.
   * @throws ApiError StateMachineDoesNotExist; ConflictException for one of the workspace
   */
  ownMachine(arn: string): StateMachineResource {
    if (this.#workspace.has(arn)) {
      throw new ApiError(
        'ConflictException',
        `${arn} is a state machine of the workspace: change its source instead.`,
      );
    }
    return this.machine(arn);
  }

  /** @throws ApiError ResourceNotFound */
  version(arn: string): VersionResource {
    const found = this.versions.get(arn);
    if (found === undefined) throw new ApiError('ResourceNotFound', `Resource not found: '${arn}'`);
    return found;
  }

  /** @throws ApiError ResourceNotFound */
  alias(arn: string): AliasResource {
    const found = this.aliases.get(arn);
    if (found === undefined) throw new ApiError('ResourceNotFound', `Resource not found: '${arn}'`);
    return found;
  }

  versionsOf(machineArn: string): VersionResource[] {
    return this.versions.all().filter(({ machine }) => machine.stateMachineArn === machineArn);
  }

  aliasesOf(machineArn: string): AliasResource[] {
    return this.aliases
      .all()
      .filter(({ stateMachineAliasArn: arn }) => splitQualifier(arn).machineArn === machineArn);
  }

  /** What an ARN stands for, or undefined: for the part of a Map Run, or what has been deleted. */
  startableOrNone(arn: string): Startable | undefined {
    try {
      return this.startable(arn);
    } catch (error) {
      if (error instanceof ApiError) return undefined;
      throw error;
    }
  }

  /**
   * What StartExecution starts.
   * @param random from 0 to 1: which of an alias's two versions
   * @throws ApiError StateMachineDoesNotExist
   */
  startable(arn: string, random = Math.random()): Startable {
    const { qualifier } = splitQualifier(arn);
    if (qualifier === undefined) {
      return { machine: this.machine(arn), versionArn: undefined, aliasArn: undefined };
    }
    const alias = this.aliases.get(arn);
    const versionArn = alias === undefined ? arn : routed(alias, random);
    const version = this.versions.get(versionArn);
    if (version === undefined) throw missing('StateMachine', arn);
    return { machine: version.machine, versionArn, aliasArn: alias && arn };
  }
}

function routed({ routingConfiguration }: AliasResource, random: number): string {
  const [first, second] = routingConfiguration;
  const chosen = second === undefined || random * 100 < (first?.weight ?? 100) ? first : second;
  return chosen?.stateMachineVersionArn ?? '';
}
