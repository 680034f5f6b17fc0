import type { Failure } from '../core/failure.ts';
import type { Thread } from '../core/thread.ts';
import type { RandomSource } from '../expressions/types.ts';
import type { Json, JsonObject } from '../json.ts';

/** What a Catcher does with the error output: store it, assign, go on. */
export interface Catcher {
  readonly matches: (how: Failure) => boolean;
  handle(thread: Thread, errorOutput: Json): void;
}

interface Retrier {
  readonly matches: (how: Failure) => boolean;
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly fullJitter: boolean;
}

/** Retry and Catch of one state, compiled. */
export class Handlers {
  readonly #retriers: readonly Retrier[];
  readonly #catchers: readonly Catcher[];

  constructor(retry: readonly JsonObject[], catchers: readonly Catcher[]) {
    this.#retriers = retry.map(compileRetrier);
    this.#catchers = catchers;
  }

  freshAttempts(): number[] {
    return this.#retriers.map(() => 0);
  }

  /**
   * The first Retrier that names the error decides: how long to wait, or undefined when it has no
   * attempt left (later Retriers are not asked). Counts the attempt.
   */
  retryDelayMs(how: Failure, attempts: number[], random: RandomSource): number | undefined {
    const index = this.#retriers.findIndex((retrier) => retrier.matches(how));
    const retrier = this.#retriers[index];
    if (retrier === undefined) return undefined;
    const used = attempts[index] ?? 0;
    if (used >= retrier.maxAttempts) return undefined;
    attempts[index] = used + 1;
    const seconds = Math.min(
      retrier.intervalSeconds * retrier.backoffRate ** used,
      retrier.maxDelaySeconds,
    );
    return Math.round(seconds * 1000 * (retrier.fullJitter ? random.next() : 1));
  }

  catcher(how: Failure): Catcher | undefined {
    return this.#catchers.find((catcher) => catcher.matches(how));
  }
}

/** Defaults: AWS documentation, "Handling errors", Retry fields. */
function compileRetrier(retrier: JsonObject): Retrier {
  const number = (field: string, fallback: number): number => {
    const value = retrier[field];
    return typeof value === 'number' ? value : fallback;
  };
  return {
    matches: errorMatcher(retrier['ErrorEquals']),
    intervalSeconds: number('IntervalSeconds', 1),
    maxAttempts: number('MaxAttempts', 3),
    backoffRate: number('BackoffRate', 2),
    maxDelaySeconds: number('MaxDelaySeconds', Infinity),
    fullJitter: retrier['JitterStrategy'] === 'FULL',
  };
}

/**
 * ErrorEquals. `States.ALL` matches every error that can be handled at all, `States.TaskFailed`
 * every such error but a timeout, `States.Timeout` a missed heartbeat too.
 */
export function errorMatcher(errorEquals: Json | undefined): (how: Failure) => boolean {
  const names = new Set(Array.isArray(errorEquals) ? errorEquals : []);
  const all = names.has('States.ALL');
  const taskFailed = names.has('States.TaskFailed');
  const timeout = names.has('States.Timeout');
  return ({ error }) => {
    if (all || (error !== undefined && names.has(error))) return true;
    const timedOut = error === 'States.Timeout' || error === 'States.HeartbeatTimeout';
    return timedOut ? timeout : taskFailed;
  };
}
