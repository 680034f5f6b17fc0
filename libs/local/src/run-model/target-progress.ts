import type { RenderedOrchestrator, StateRole, TargetEntry } from '@harmony/artifact';
import type { LocalEvent } from '../events.ts';
import type { Outcome } from '@harmony/orchestration/outcomes';

export type TargetState = 'waiting' | 'delayed' | 'running' | (typeof ENDED)[Outcome['status']];

/** One target as it is now. Times are milliseconds since the epoch on the run's clock. */
export interface TargetProgress extends Pick<TargetEntry, 'id' | 'child' | 'delay'> {
  readonly state: TargetState;
  /** Since when it is in this state. */
  readonly since: number | undefined;
  /** Why it did not run: disabled, a condition, a dependency's id, the run that ended first. */
  readonly reason: string | undefined;
  /** When its delay began, where it had one. */
  readonly delayedFrom: number | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

type Recorded = Extract<LocalEvent, { code: 'HISTORY_RECORDED' }>;

const ENDED = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
  ABORTED: 'aborted',
  SKIPPED: 'skipped',
  BLOCKED: 'blocked',
  NOT_STARTED: 'not started',
} as const satisfies Record<Outcome['status'], string>;

/** States of a rendered orchestrator that have the target in their input. */
const ENTERED: Readonly<Partial<Record<StateRole, TargetState>>> = {
  delay: 'delayed',
  delayUntil: 'delayed',
  execute: 'running',
};

/** States whose output is the target's outcome: nothing that comes later changes it. */
const RECORDING: ReadonlySet<StateRole | undefined> = new Set<StateRole>([
  'skip',
  'blocked',
  'recordFailure',
  'recordText',
]);

/**
 * Follows a run's events and keeps what each target is doing. It says what can be said while the
 * run goes on; `settle` then puts the outcomes in place of it.
 */
export class TargetsProgress {
  readonly #targets: Map<string, Mutable<TargetProgress>>;
  /** Child execution -> target id. */
  readonly #children = new Map<string, string>();
  /** Targets whose outcome the orchestrator has recorded. */
  readonly #recorded = new Set<string>();
  readonly #roleOf: (state: unknown) => StateRole | undefined;
  #root: string | undefined;

  /** @param orchestrator undefined for a child, which has no targets */
  constructor(orchestrator: RenderedOrchestrator | undefined) {
    this.#roleOf = (name) =>
      typeof name === 'string' ? orchestrator?.stateNamed(name)?.role : undefined;
    const targets = orchestrator?.targets ?? [];
    const unseen = { since: undefined, reason: undefined, delayedFrom: undefined };
    this.#targets = new Map(
      targets.map((target) => [target.id, { ...target, state: 'waiting', ...unseen }]),
    );
  }

  get all(): readonly TargetProgress[] {
    return [...this.#targets.values()];
  }

  /** @returns the target whose state changed, if one did */
  apply(event: LocalEvent): TargetProgress | undefined {
    if (event.code === 'EXECUTION_STARTED') {
      // The first execution is the run itself.
      this.#root ??= event.executionArn;
      return undefined;
    }
    if (event.code === 'EXECUTION_ENDED') {
      const id = this.#children.get(event.executionArn);
      return this.#become(id, ENDED[event.status], event.time);
    }
    if (event.code !== 'HISTORY_RECORDED') return undefined;
    return event.executionArn === this.#root ? this.#follow(event) : this.#followChild(event);
  }

  /**
   * The run is over: what its history says became of each target, also of those that no event of
   * their own tells about (never reached, or cut short where nothing is recorded).
   * @param time when the run ended
   * @returns the targets whose state changed
   */
  settle(outcomes: readonly Outcome[], time: number): readonly TargetProgress[] {
    this.#recorded.clear();
    return outcomes.flatMap(({ id, status, reason }) => {
      const changed = this.#become(id, ENDED[status], time, reason);
      // A child that its target no longer waits for may go on for a while.
      this.#recorded.add(id);
      return changed ?? [];
    });
  }

  #follow({ event }: Recorded): TargetProgress | undefined {
    const { stateEnteredEventDetails: entered, stateExitedEventDetails: exited } = event;
    if (exited !== undefined && RECORDING.has(this.#roleOf(exited.name))) {
      return this.#record(parse(exited.output), event.timestamp);
    }
    const role = entered === undefined ? undefined : this.#roleOf(entered.name);
    const state = role === undefined ? undefined : ENTERED[role];
    if (state === undefined) return undefined;
    return this.#become(parse(entered?.input)?.['id'], state, event.timestamp);
  }

  #record(outcome: Record<string, unknown> | undefined, time: number): TargetProgress | undefined {
    const { id, status, reason, dependency } = outcome ?? {};
    // In a long list the orchestrator records the dependency alone.
    const why =
      typeof dependency === 'string' ? `its dependency ${dependency} did not succeed` : undefined;
    const changed = this.#become(
      id,
      ENDED[status as Outcome['status']],
      time,
      typeof reason === 'string' ? reason : why,
    );
    this.#recorded.add(String(id));
    return changed;
  }

  #followChild({ event, executionArn }: Recorded): TargetProgress | undefined {
    if (event.type !== 'ExecutionStarted') return undefined;
    const input = parse(event.executionStartedEventDetails?.input);
    // `<execution name of the run>:<target id>`
    const runId = input?.['runId'];
    const id = typeof runId === 'string' ? runId.split(':').at(-1) : undefined;
    const mine = input?.['AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID'] === this.#root;
    if (!mine || id === undefined) return undefined;
    this.#children.set(executionArn, id);
    // Again, where an attempt before this one failed.
    return this.#become(id, 'running', event.timestamp);
  }

  #become(
    id: unknown,
    state: TargetState | undefined,
    time: number,
    reason?: string,
  ): TargetProgress | undefined {
    const target = typeof id === 'string' ? this.#targets.get(id) : undefined;
    if (target === undefined || state === undefined) return undefined;
    if (this.#recorded.has(target.id)) return undefined;
    if (target.state === state && target.reason === reason) return undefined;
    target.state = state;
    target.since = time;
    target.reason = reason;
    if (state === 'delayed') target.delayedFrom = time;
    return target;
  }
}

function parse(text: unknown): Record<string, unknown> | undefined {
  if (typeof text !== 'string') return undefined;
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : undefined;
}
