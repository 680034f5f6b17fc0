import type { Debug } from '@harmony/artifact';
import type { StateMachine } from '@harmony/assembly';
import { readOutcomes } from '@harmony/orchestration/outcomes';
import type { Outcome } from '@harmony/orchestration/outcomes';
import type { LocalEvent } from '../events.ts';
import type { RunReport } from '../report.ts';
import { DefinitionPlaces } from './definition-places.ts';
import { FailurePlaces } from './failure-places.ts';
import type { FailurePlace } from './failure-places.ts';
import { Histories } from './histories.ts';
import { framesOf, statesAround } from './frames.ts';
import type { Frame } from './frames.ts';
import { refusedOutputs } from './refused-outputs.ts';
import type { RefusedOutput } from './refused-outputs.ts';
import { TargetsProgress } from './target-progress.ts';
import type { TargetProgress } from './target-progress.ts';
import { orchestratorIn } from './targets.ts';
import { timelineOf } from './timeline.ts';
import type { TimelineRow } from './timeline.ts';

/** What an event of the run changed of what is shown. Times are milliseconds since the epoch. */
export type RunChange =
  | { readonly kind: 'started'; readonly time: number }
  | { readonly kind: 'target'; readonly target: TargetProgress }
  /** The run's own state machine, not a child, entered a state. */
  | { readonly kind: 'state'; readonly state: string; readonly time: number }
  | {
      readonly kind: 'task failed';
      /** The Task's, after the Maps and Parallels around it. */
      readonly states: readonly Frame[];
      /** The error's name, or the event's type where it has none. */
      readonly error: string;
      readonly time: number;
    };

export interface RunModelOptions {
  /** What is run. */
  readonly machine: StateMachine;
  /** All that the run may reach. */
  readonly machines: readonly StateMachine[];
  /** Absolute; files of definitions are relative to it. */
  readonly workspaceRoot: string;
}

/**
 * All that is shown of one run, whoever shows it: it is fed the run's events, and its report at the
 * end, and says what each target does, what became of it, and where what failed did.
 */
export class RunModel {
  /** What the stage switches unless a run says otherwise; nothing for a workflow without targets. */
  readonly stageSwitches: Debug;
  readonly #machine: StateMachine;
  readonly #machines: readonly StateMachine[];
  readonly #targets: TargetsProgress;
  readonly #histories = new Histories();
  readonly #failures: FailurePlaces;
  #root: string | undefined;
  #refused: readonly RefusedOutput[] = [];
  #outcomes: readonly Outcome[] | undefined;

  constructor({ machine, machines, workspaceRoot }: RunModelOptions) {
    this.#machine = machine;
    this.#machines = machines;
    const orchestrator = orchestratorIn(machine);
    this.stageSwitches = orchestrator?.debug ?? {};
    this.#targets = new TargetsProgress(orchestrator);
    this.#failures = new FailurePlaces({
      histories: this.#histories,
      machines,
      definitions: new DefinitionPlaces(workspaceRoot),
    });
  }

  /** Outputs of children that their contracts refuse, once the run is over. */
  get refused(): readonly RefusedOutput[] {
    return this.#refused;
  }

  /** The history of each execution of the run. */
  get histories(): Histories {
    return this.#histories;
  }

  /** What each target is doing; empty for a workflow that has none. */
  get targets(): readonly TargetProgress[] {
    return this.#targets.all;
  }

  /** The outcome of every target, once the run is over; undefined for a workflow that has none. */
  get outcomes(): readonly Outcome[] | undefined {
    return this.#outcomes;
  }

  /** The targets' parts of the run, once it is over. */
  get timeline(): readonly TimelineRow[] {
    return timelineOf(this.#outcomes ?? [], this.targets, (arn) => this.#failures.of(arn));
  }

  /** Where the run itself failed, as deep as it goes. */
  get failedAt(): FailurePlace | undefined {
    return this.#root === undefined ? undefined : this.#failures.of(this.#root);
  }

  /** @returns what it changed of what is shown, if anything */
  apply(event: LocalEvent): RunChange | undefined {
    this.#histories.apply(event);
    const target = this.#targets.apply(event);
    if (target !== undefined) return { kind: 'target', target };
    if (event.code === 'EXECUTION_STARTED' && this.#root === undefined) {
      this.#root = event.executionArn;
      return { kind: 'started', time: event.time };
    }
    if (event.code !== 'HISTORY_RECORDED' || event.executionArn !== this.#root) return undefined;
    const { type, timestamp: time, stateEnteredEventDetails: entered } = event.event;
    if (entered !== undefined) return { kind: 'state', state: String(entered.name), time };
    if (!/^(?:Task|LambdaFunction)(?:Failed|TimedOut)$/.test(type)) return undefined;
    const { executionArn, event: failed } = event;
    const events = this.#histories.of(executionArn)?.events ?? [];
    const states = statesAround(framesOf(events)[failed.id]);
    const { error } =
      failed.taskFailedEventDetails ?? failed.lambdaFunctionFailedEventDetails ?? {};
    return { kind: 'task failed', states, error: error === undefined ? type : String(error), time };
  }

  /** The run is over. @returns the targets of which only its report says what became of them */
  finish(report: RunReport): readonly RunChange[] {
    this.#refused = refusedOutputs(report, this.#histories, this.#machines);
    if (this.#machine.orchestration === undefined) return [];
    const { definition } = this.#machine;
    this.#outcomes = readOutcomes({ definition, events: report.history });
    const changed = this.#targets.settle(this.#outcomes, Date.parse(report.stopDate));
    return changed.map((target) => ({ kind: 'target', target }));
  }
}
