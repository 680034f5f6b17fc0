import type { Failure } from '../core/failure.ts';
import type { Catcher, RetryAndCatch } from '../core/port.ts';
import type { RandomSource } from '../expressions/types.ts';
import type { JsonObject } from '../json.ts';
import { compileCatcher } from './catcher.ts';
import { objectsField, type CompileContext } from './context.ts';
import { compileRetrier, type Retrier } from './retrier.ts';

/** Retry and Catch of a Task, Parallel or Map. */
export function compileRetryAndCatch(
  definition: JsonObject,
  context: CompileContext,
): RetryAndCatch | undefined {
  const retriers = objectsField(definition, 'Retry').map((retrier, index) => ({
    ...compileRetrier(retrier),
    taken: context.place('retrier', `Retry[${index}]`),
  }));
  const catchers = objectsField(definition, 'Catch').map((catcher, index) =>
    compileCatcher(catcher, index, context),
  );
  if (retriers.length === 0 && catchers.length === 0) return undefined;
  return new CompiledRetryAndCatch(retriers, catchers);
}

class CompiledRetryAndCatch implements RetryAndCatch {
  readonly #retriers: readonly Retrier[];
  readonly #catchers: readonly Catcher[];

  constructor(retriers: readonly Retrier[], catchers: readonly Catcher[]) {
    this.#retriers = retriers;
    this.#catchers = catchers;
  }

  freshAttempts(): number[] {
    return this.#retriers.map(() => 0);
  }

  retryDelayMs(how: Failure, attempts: number[], random: RandomSource): number | undefined {
    const index = this.#retriers.findIndex((retrier) => retrier.matches(how));
    const retrier = this.#retriers[index];
    if (retrier === undefined) return undefined;
    const used = attempts[index] ?? 0;
    if (used >= retrier.maxAttempts) return undefined;
    attempts[index] = used + 1;
    retrier.taken?.();
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
