import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Engine } from '@harmony/engine';
import type { Execution, ExecutionResult, Json, StalledReport } from '@harmony/engine';
import type { Stage, StateMachine } from '@harmony/assembly';
import { LocalError } from './errors.ts';
import type { OnLocalEvent } from './events.ts';
import { ExecutionLog } from './execution-log.ts';
import { FunctionPool } from './lambda/function-pool.ts';
import { readMocks } from './mocks/mocks.ts';
import { folderObjectStore } from './objects/folder-object-store.ts';
import type { Mocks } from './mocks/mocks.ts';
import { reachable } from './reachable.ts';
import type { RunReport } from './report.ts';
import { runClock } from './run-clock.ts';
import type { RunClockOptions } from './run-clock.ts';
import { TaskRunner } from './tasks/task-runner.ts';

/** Error name of a run that nothing could wake any more. */
export const STALLED = 'Harmony.Stalled';
/** Error name of a run that its caller ended. */
export const INTERRUPTED = 'Harmony.Interrupted';

/** The region of the stage, as the ARNs of the assembly have it: arn:PARTITION:SERVICE:REGION:… */
function regionOf({ stateMachines }: Stage): string {
  return stateMachines[0]?.arn.split(':')[3] ?? 'us-east-1';
}

export interface LocalSystemOptions {
  /** From `readAssembly`. */
  readonly stage: Stage;
  /** Absolute; paths of mocks in the assembly are relative to it. */
  readonly workspaceRoot: string;
  readonly clock?: RunClockOptions;
  /** The test case that state machines use where they have it; else HappyPath. */
  readonly mocksCase?: string;
  /** Folder of the local S3: a folder per bucket. Default `.harmony/objects` in the workspace. */
  readonly objects?: string;
  readonly onEvent?: OnLocalEvent;
}

export interface RunOptions {
  /** Stops the run, which then reports ABORTED with the error `Harmony.Interrupted`. */
  readonly signal?: AbortSignal;
  /** Default: a UUID, the same in every system. */
  readonly executionName?: string;
}

/** The state machines and functions of one stage, ready to run here. */
export interface LocalSystem extends AsyncDisposable {
  /**
   * Runs a state machine by its contract's or orchestration's name, or its full name.
   * Resolves whatever becomes of the run.
   * @throws LocalError before anything runs: an unknown name, bad mocks, a definition that the
   * engine refuses
   */
  run(name: string, input: Json, options?: RunOptions): Promise<RunReport>;
}

/** Starts nothing yet: handlers' processes start with a run and end with the system. */
export async function startLocalSystem(options: LocalSystemOptions): Promise<LocalSystem> {
  return new StageSystem(options);
}

/**
 * Finds a state machine by the name people use, or by its full name.
 * @throws LocalError UNKNOWN_STATE_MACHINE, which lists the known ones
 */
export function findStateMachine(stage: Stage, name: string): StateMachine {
  const found =
    stage.stateMachines.find((machine) => shortName(machine) === name) ??
    stage.stateMachines.find((machine) => machine.name === name);
  if (found !== undefined) return found;
  const known = stage.stateMachines.map(shortName).sort().join(', ') || 'none';
  throw new LocalError(
    'UNKNOWN_STATE_MACHINE',
    `Stage ${stage.name} has no state machine ${JSON.stringify(name)}. Known: ${known}.`,
  );
}

function shortName(machine: StateMachine): string {
  return machine.orchestration?.name ?? machine.contract?.name ?? machine.name;
}

class StageSystem implements LocalSystem {
  readonly #options: LocalSystemOptions;
  readonly #engine: Engine;
  readonly #log: ExecutionLog;
  readonly #pool: FunctionPool;
  readonly #mocks = new Map<string, Mocks>();
  readonly #running = new Set<Execution>();
  #disposed = false;

  constructor(options: LocalSystemOptions) {
    this.#options = options;
    const { stage } = options;
    const region = regionOf(stage);
    const onEvent = options.onEvent ?? ((): void => {});
    const names = new Map(stage.stateMachines.map(({ arn, name }) => [arn, name]));
    const machineName = (arn: string): string => names.get(arn) ?? arn;
    this.#log = new ExecutionLog(machineName, onEvent);
    this.#pool = new FunctionPool({
      region,
      log: (fn, line) => onEvent({ code: 'HANDLER_LOGGED', functionName: fn.name, ...line }),
    });
    const tasks = new TaskRunner({
      functions: stage.functions,
      pool: this.#pool,
      region,
      mocks: this.#mocks,
      machineName,
      onEvent,
    });
    this.#engine = new Engine({
      clock: runClock(options.clock),
      runTask: (request) => tasks.run(request),
      interceptTask: (request) => tasks.isMocked(request),
      // Every function has a timeout of its own in real time, so each Task is answered in the end; a
      // slow machine must not let the run's clock overtake it.
      taskPatienceMs: Infinity,
      onEvent: (event) => this.#log.record(event),
      onStalled: (report) => this.#onStalled(report, onEvent),
      region,
      objectStore: folderObjectStore(
        options.objects ?? join(options.workspaceRoot, '.harmony', 'objects'),
      ),
    });
  }

  async run(name: string, input: Json, options: RunOptions = {}): Promise<RunReport> {
    if (this.#disposed) throw new LocalError('DISPOSED', 'This local system has ended.');
    const machine = findStateMachine(this.#options.stage, name);
    await this.#prepare(machine);
    const { signal, executionName } = options;
    const { execution, history } = this.#log.keep(() =>
      this.#engine.startExecution({
        stateMachineArn: machine.arn,
        input,
        ...(executionName === undefined ? {} : { name: executionName }),
      }),
    );
    this.#running.add(execution);
    const interrupt = (): void => execution.stop(INTERRUPTED, 'The run was interrupted.');
    signal?.addEventListener('abort', interrupt, { once: true });
    if (signal?.aborted === true) interrupt();
    try {
      const result = await execution.result;
      return this.#report(machine, result, history);
    } finally {
      signal?.removeEventListener('abort', interrupt);
      this.#running.delete(execution);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const execution of this.#running) {
      execution.stop(INTERRUPTED, 'The local system was ended.');
    }
    await this.#pool[Symbol.asyncDispose]();
  }

  /** Reads the mocks of all that the run may reach, and gives the engine what it does not have. */
  async #prepare(root: StateMachine): Promise<void> {
    const { stage, workspaceRoot, mocksCase } = this.#options;
    const machines = reachable(root, stage.stateMachines);
    const added = machines.filter(({ arn }) => !this.#mocks.has(arn));
    this.#warm(added);
    const mocks = await readMocks({
      stateMachines: machines,
      workspaceRoot,
      ...(mocksCase === undefined ? {} : { caseName: mocksCase }),
    });
    for (const machine of added) {
      this.#add(machine);
      this.#mocks.set(machine.arn, mocks.get(machine.arn) as Mocks);
    }
  }

  /** The functions' code loads while the engine reads the definitions. */
  #warm(machines: readonly StateMachine[]): void {
    for (const { definition } of machines) {
      const text = JSON.stringify(definition);
      const named = this.#options.stage.functions.filter((fn) =>
        text.includes(JSON.stringify(fn.arn)),
      );
      for (const fn of named) {
        if (!existsSync(fn.assetPath)) {
          throw new LocalError(
            'MISSING_CODE',
            `${fn.name}: the folder of its code, ${fn.assetPath}, does not exist. Synthesise the assembly again.`,
          );
        }
        this.#pool.warm(fn);
      }
    }
  }

  #add(machine: StateMachine): void {
    const { arn, name, definition, roleArn, type } = machine;
    try {
      this.#engine.addStateMachine({
        arn,
        name,
        definition: definition as Record<string, Json>,
        roleArn,
        type,
      });
    } catch (error) {
      throw new LocalError(
        'INVALID_DEFINITION',
        `${name} cannot run here: ${(error as Error).message}`,
        { cause: error },
      );
    }
  }

  #onStalled(report: StalledReport, onEvent: OnLocalEvent): void {
    const waiting = report.executions.map(
      ({ executionArn, waiting: what }) => `${executionArn} waits for ${what.join(', ')}`,
    );
    const message = `Nothing can wake this run any more: ${waiting.join('; ')}.`;
    onEvent({ code: 'RUN_STALLED', message });
    for (const execution of this.#running) execution.stop(STALLED, message);
  }

  #report(
    machine: StateMachine,
    result: ExecutionResult,
    history: RunReport['history'],
  ): RunReport {
    const { output, error, cause } = result;
    return {
      executionArn: result.executionArn,
      stateMachine: machine.name,
      status: result.status,
      startDate: new Date(result.startDate).toISOString(),
      stopDate: new Date(result.stopDate).toISOString(),
      ...(output === undefined ? {} : { output }),
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
      executions: this.#log.family(result.executionArn),
      history,
    };
  }
}
