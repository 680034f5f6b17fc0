import type { LocalEvent } from '@harmony/local';
import type { RenderedTarget } from './targets.ts';

export type TargetState =
  'waiting' | 'delayed' | 'running' | 'succeeded' | 'failed' | 'timed out' | 'aborted' | 'skipped';

/** One target as it is now. Times are milliseconds since the epoch on the run's clock. */
export interface TargetProgress extends RenderedTarget {
  readonly state: TargetState;
  /** Since when it is in this state. */
  readonly since: number | undefined;
  /** When its delay began, where it had one. */
  readonly delayedFrom: number | undefined;
  /** When its child was asked to start, and when it ended. */
  readonly started: number | undefined;
  readonly ended: number | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** States of a rendered orchestrator that say what happens to the target in their input. */
const ENTERED: Readonly<Record<string, TargetState>> = {
  Skip: 'skipped',
  Blocked: 'skipped',
  Delay: 'delayed',
  'Delay until': 'delayed',
  Execute: 'running',
  'Record failure': 'failed',
};

const ENDED = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
  ABORTED: 'aborted',
} as const;

/** Follows a run's events and keeps what each target is doing. */
export class ProgressModel {
  readonly #targets: Map<string, Mutable<TargetProgress>>;
  /** Child execution -> target id. */
  readonly #children = new Map<string, string>();
  #root: string | undefined;

  constructor(targets: readonly RenderedTarget[]) {
    this.#targets = new Map(
      targets.map((target) => [
        target.id,
        {
          ...target,
          state: 'waiting',
          since: undefined,
          delayedFrom: undefined,
          started: undefined,
          ended: undefined,
        },
      ]),
    );
  }

  get targets(): readonly TargetProgress[] {
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
      const target = this.#targetOf(this.#children.get(event.executionArn));
      return target && this.#become(target, ENDED[event.status], event.time);
    }
    if (event.code !== 'HISTORY_RECORDED') return undefined;
    return event.executionArn === this.#root ? this.#follow(event) : this.#followChild(event);
  }

  #follow({
    event,
  }: Extract<LocalEvent, { code: 'HISTORY_RECORDED' }>): TargetProgress | undefined {
    const details = event.stateEnteredEventDetails;
    // Without wave and retry policy, which a state's name may end in: `Execute (retry 2, wave 2)`.
    const state = ENTERED[String(details?.name).replace(/ \((?:retry|wave) [^)]*\)$/, '')];
    if (state === undefined) return undefined;
    const target = this.#targetOf(parse(details?.input)?.id);
    if (target === undefined || (state === 'failed' && target.ended !== undefined))
      return undefined;
    return this.#become(target, state, event.timestamp);
  }

  #followChild(recorded: Extract<LocalEvent, { code: 'HISTORY_RECORDED' }>): undefined {
    const { event, executionArn } = recorded;
    if (event.type === 'ExecutionStarted') {
      const input = parse(event.executionStartedEventDetails?.input);
      // `<execution name of the run>:<target id>`
      const id = typeof input?.runId === 'string' ? input.runId.split(':').at(-1) : undefined;
      const mine = input?.AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID === this.#root;
      if (mine && id !== undefined) this.#children.set(executionArn, id);
    }
    return undefined;
  }

  #become(target: Mutable<TargetProgress>, state: TargetState, time: number): TargetProgress {
    target.state = state;
    target.since = time;
    if (state === 'delayed') target.delayedFrom = time;
    else if (state === 'running') target.started ??= time;
    else target.ended = time;
    return target;
  }

  #targetOf(id: unknown): Mutable<TargetProgress> | undefined {
    return typeof id === 'string' ? this.#targets.get(id) : undefined;
  }
}

function parse(text: unknown): Record<string, unknown> | undefined {
  if (typeof text !== 'string') return undefined;
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : undefined;
}
