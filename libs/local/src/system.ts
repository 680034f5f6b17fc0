import { Engine, InvalidDefinition } from '@harmony/engine';
import type {
  Execution,
  ExecutionResult,
  Json,
  StalledReport,
  StateMachineOptions,
} from '@harmony/engine';
import type { Stage, StateMachine } from '@harmony/assembly';
import { LocalError } from './errors.ts';
import type { OnLocalEvent } from './events.ts';
import type { InspectOptions } from './lambda/inspect.ts';
import { ExecutionLog } from './execution-log.ts';
import type { RunReport } from './report.ts';
import { runClock } from './run-clock.ts';
import type { RunClockOptions } from './run-clock.ts';
import { DefinitionPlaces, placeText } from './run-model/definition-places.ts';
import { StageHost } from './stage-host.ts';
import { NO_MOCK } from './tasks/no-mock.ts';
import type { StageHostOptions } from './stage-host.ts';

/** Error name of a run that nothing could wake any more. */
export const STALLED = 'Harmony.Stalled';
/** Error name of a run that its caller ended. */
export const INTERRUPTED = 'Harmony.Interrupted';

export interface LocalSystemOptions extends Omit<StageHostOptions, 'onEvent'> {
  readonly clock?: RunClockOptions;
  readonly onEvent?: OnLocalEvent;
  /** Functions of a run that wait for a debugger. */
  readonly inspect?: InspectOptions;
  /** Who counts what runs of a state machine reach; asked once for each, by its ARN. */
  readonly reachOf?: (stateMachineArn: string) => StateMachineOptions['reach'];
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
  readonly #host: StageHost;
  readonly #running = new Set<Execution>();
  /** What the Tasks lacked that no mock has answered. */
  readonly #missing = new Set<string>();
  #disposed = false;

  constructor(options: LocalSystemOptions) {
    this.#options = options;
    const { stage } = options;
    const tell = options.onEvent ?? ((): void => {});
    const onEvent: OnLocalEvent = (event) => {
      if (event.code === 'MOCK_MISSING') this.#missing.add(event.message);
      tell(event);
    };
    const names = new Map(stage.stateMachines.map(({ arn, name }) => [arn, name]));
    this.#log = new ExecutionLog((arn) => names.get(arn) ?? arn, onEvent);
    this.#host = new StageHost({ ...options, onEvent });
    this.#engine = new Engine({
      ...this.#host.engineOptions,
      clock: runClock(options.clock),
      onEvent: (event) => this.#log.record(event),
      onStalled: (report) => this.#onStalled(report, onEvent),
    });
  }

  async run(name: string, input: Json, options: RunOptions = {}): Promise<RunReport> {
    if (this.#disposed) throw new LocalError('DISPOSED', 'This local system has ended.');
    const machine = findStateMachine(this.#options.stage, name);
    for (const reached of await this.#host.prepare(machine)) this.#add(reached);
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
      await this.#host.settled();
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
    await this.#host[Symbol.asyncDispose]();
  }

  #add(machine: StateMachineOptions): void {
    try {
      const reach = this.#options.reachOf?.(machine.arn);
      this.#engine.addStateMachine({ ...machine, reach });
    } catch (error) {
      const why =
        error instanceof InvalidDefinition
          ? `its definition is invalid:\n${this.#findings(machine.arn, error).join('\n')}`
          : (error as Error).message;
      throw new LocalError('INVALID_DEFINITION', `${machine.name} cannot run here: ${why}`, {
        cause: error,
      });
    }
  }

  /** A line each, with the place to open. */
  #findings(arn: string, { diagnostics }: InvalidDefinition): string[] {
    const { stage, workspaceRoot } = this.#options;
    const definitions = new DefinitionPlaces(workspaceRoot);
    const machine = stage.stateMachines.find((each) => each.arn === arn);
    return diagnostics
      .filter(({ severity }) => severity === 'ERROR')
      .map(({ pointer, message }) => {
        const place = machine && definitions.placeOf(machine, pointer);
        const where = place === undefined ? pointer || '/' : placeText(place);
        return `  ${where}: ${message}`;
      });
  }

  #onStalled(report: StalledReport, onEvent: OnLocalEvent): void {
    const waiting = report.executions.map(
      ({ executionArn, waiting: what }) => `${executionArn} waits for ${what.join(', ')}`,
    );
    const message = `Nothing can wake this run any more: ${waiting.join('; ')}.`;
    onEvent({ code: 'RUN_STALLED', message });
    // What waits for a child that no mock has answered waits for that mock.
    const [missing] = this.#missing;
    const [error, cause] = missing === undefined ? [STALLED, message] : [NO_MOCK, missing];
    for (const execution of this.#running) execution.stop(error, cause);
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
      ...(this.#missing.size > 0 && { missingMocks: [...this.#missing] }),
      executions: this.#log.family(result.executionArn),
      history,
    };
  }
}
