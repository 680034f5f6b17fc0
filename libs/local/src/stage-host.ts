import { join } from 'node:path';
import type { EngineOptions, Json, StateMachineOptions } from '@harmony/engine';
import type { Stage, StateMachine } from '@harmony/assembly';
import { AwsEndpoints } from './endpoints/aws-endpoints.ts';
import type { EndpointOptions } from './endpoints/aws-endpoints.ts';
import type { OnLocalEvent } from './events.ts';
import { CodeFolders } from './lambda/code-folders.ts';
import { FunctionPool } from './lambda/function-pool.ts';
import { checkInspect, inspectionOf } from './lambda/inspect.ts';
import type { InspectOptions } from './lambda/inspect.ts';
import { readMocks } from './mocks/mocks.ts';
import type { Mocks } from './mocks/mocks.ts';
import { folderObjectStore } from './objects/folder-object-store.ts';
import { functionsOf, reachable } from './reachable.ts';
import { TaskRunner } from './tasks/task-runner.ts';

export interface StageHostOptions extends EndpointOptions {
  /** From `readAssembly`. */
  readonly stage: Stage;
  /** Absolute; paths of mocks in the assembly are relative to it. */
  readonly workspaceRoot: string;
  /** The test case that state machines use where they have it; else HappyPath. */
  readonly mocksCase?: string;
  /** The test cases of some targets of a run, or state machines: by id, or by name. */
  readonly casesOf?: ReadonlyMap<string, string>;
  /** Absolute: a mock configuration that answers for every state machine that it names. */
  readonly mocksFile?: string;
  /** Folder of the local S3: a folder per bucket. Default `.harmony/objects` in the workspace. */
  readonly objects?: string;
  readonly onEvent: OnLocalEvent;
  /** Functions of a run that wait for a debugger. */
  readonly inspect?: InspectOptions;
}

/**
 * What a stage gives engines to run on: its handlers' processes, its mocks, its objects. Several
 * engines, each with a clock of its own, may use one host.
 */
export class StageHost implements AsyncDisposable {
  readonly engineOptions: Pick<
    EngineOptions,
    'runTask' | 'interceptTask' | 'taskPatienceMs' | 'region' | 'objectStore'
  >;
  readonly #options: StageHostOptions;
  readonly #pool: FunctionPool;
  readonly #endpoints: AwsEndpoints;
  readonly #codes = new CodeFolders();
  readonly #tasks: TaskRunner;
  readonly #mocks = new Map<string, Mocks>();

  /** Starts nothing yet: processes start with what needs them, and end with the host. */
  constructor(options: StageHostOptions) {
    this.#options = options;
    const { stage, workspaceRoot, onEvent } = options;
    const region = regionOf(stage);
    const names = new Map(stage.stateMachines.map(({ arn, name }) => [arn, name]));
    this.#endpoints = new AwsEndpoints(options, { workspaceRoot, region });
    this.#pool = new FunctionPool({
      region,
      endpoints: this.#endpoints.environment,
      log: (fn, line) => onEvent({ code: 'HANDLER_LOGGED', functionName: fn.name, ...line }),
      inspect: options.inspect && inspectionOf(options.inspect, onEvent),
    });
    const tasks = (this.#tasks = new TaskRunner({
      functions: stage.functions,
      pool: this.#pool,
      codes: this.#codes,
      endpoints: this.#endpoints,
      mocks: this.#mocks,
      ...(options.casesOf === undefined ? {} : { casesOf: options.casesOf }),
      machineName: (arn) => names.get(arn) ?? arn,
      onEvent,
    }));
    this.engineOptions = {
      runTask: (request) => tasks.run(request),
      interceptTask: (request) => tasks.isMocked(request),
      // Every function has a timeout of its own in real time, so each Task is answered in the end; a
      // slow machine must not let the run's clock overtake it.
      taskPatienceMs: Infinity,
      region,
      objectStore: folderObjectStore(options.objects ?? join(workspaceRoot, '.harmony', 'objects')),
    };
  }

  /**
   * Reads the mocks of all that a run of `root` may reach, and has its functions load.
   * @returns what was not reached before, as an engine takes it
   * @throws LocalError for bad mocks, missing code, an endpoint without its client, or a debugger's
   * function or port
   */
  async prepare(root: StateMachine): Promise<readonly StateMachineOptions[]> {
    const { stage, workspaceRoot, mocksCase, mocksFile, casesOf, inspect } = this.#options;
    const machines = reachable(root, stage.stateMachines);
    if (inspect !== undefined) await checkInspect(inspect, functionsOf(machines, stage));
    const added = machines.filter(({ arn }) => !this.#mocks.has(arn));
    await this.#endpoints.prepare(added);
    await this.#warm(added);
    const mocks = await readMocks({
      stateMachines: machines,
      workspaceRoot,
      ...(mocksFile === undefined ? {} : { file: mocksFile }),
      ...(casesOf === undefined ? {} : { casesOf }),
      ...(mocksCase === undefined ? {} : { caseName: mocksCase }),
    });
    for (const { arn, name } of added) {
      const own = mocks.get(arn) as Mocks;
      this.#mocks.set(arn, own);
      if (own.strays.length === 0) continue;
      const message = `${own.file} answers for what ${name} has no state for: ${own.strays.join(', ')}. Correct the name, or take it out.`;
      this.#options.onEvent({ code: 'MOCKS_STRAY', message });
    }
    return added.map(({ arn, name, roleArn, type, definition }) => ({
      arn,
      name,
      roleArn,
      type,
      definition: definition as Record<string, Json>,
    }));
  }

  /** Resolves when nothing runs any more that its caller did not wait for. */
  async settled(): Promise<void> {
    await this.#tasks.settled();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool[Symbol.asyncDispose]();
    this.#endpoints[Symbol.dispose]();
    await this.#codes[Symbol.asyncDispose]();
  }

  /** The functions' code loads while the engine reads the definitions. */
  async #warm(machines: readonly StateMachine[]): Promise<void> {
    for (const fn of functionsOf(machines, this.#options.stage)) {
      const runnable = await this.#codes.of(fn);
      if (!('reason' in runnable)) this.#pool.warm(runnable);
    }
  }
}

/** The region of the stage, as the ARNs of the assembly have it: arn:PARTITION:SERVICE:REGION:… */
function regionOf({ stateMachines }: Stage): string {
  return stateMachines[0]?.arn.split(':')[3] ?? 'us-east-1';
}
