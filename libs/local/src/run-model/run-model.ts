import type { StateMachine } from '@harmony/assembly';
import { readOutcomes } from '@harmony/orchestration/outcomes';
import type { Outcome } from '@harmony/orchestration/outcomes';
import type { LocalEvent } from '../events.ts';
import type { RunReport } from '../report.ts';
import { FailurePlaces } from './failure-places.ts';
import type { FailurePlace } from './failure-places.ts';
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
  | { readonly kind: 'task failed'; readonly state: string; readonly time: number };

/**
 * All that is shown of one run, whoever shows it: it is fed the run's events, and its report at the
 * end, and says what each target does, what became of it, and where what failed did.
 */
export class RunModel {
  readonly #machine: StateMachine;
  readonly #targets: TargetsProgress;
  readonly #failures = new FailurePlaces();
  #root: string | undefined;
  #state = '';
  #outcomes: readonly Outcome[] | undefined;

  constructor(machine: StateMachine) {
    this.#machine = machine;
    this.#targets = new TargetsProgress(orchestratorIn(machine));
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
    this.#failures.apply(event);
    const target = this.#targets.apply(event);
    if (target !== undefined) return { kind: 'target', target };
    if (event.code === 'EXECUTION_STARTED' && this.#root === undefined) {
      this.#root = event.executionArn;
      return { kind: 'started', time: event.time };
    }
    if (event.code !== 'HISTORY_RECORDED' || event.executionArn !== this.#root) return undefined;
    const { type, timestamp: time, stateEnteredEventDetails: entered } = event.event;
    if (entered !== undefined) {
      this.#state = String(entered.name);
      return { kind: 'state', state: this.#state, time };
    }
    if (!/^(?:Task|LambdaFunction)(?:Failed|TimedOut)$/.test(type)) return undefined;
    return { kind: 'task failed', state: this.#state, time };
  }

  /** The run is over. @returns the targets of which only its report says what became of them */
  finish(report: RunReport): readonly RunChange[] {
    if (this.#machine.orchestration === undefined) return [];
    const { definition } = this.#machine;
    this.#outcomes = readOutcomes({ definition, events: report.history });
    const changed = this.#targets.settle(this.#outcomes, Date.parse(report.stopDate));
    return changed.map((target) => ({ kind: 'target', target }));
  }
}
