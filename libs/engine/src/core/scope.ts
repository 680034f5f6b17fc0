import type { RandomSource, Scope } from '../expressions/types.ts';
import type { Json } from '../json.ts';
import type { Thread } from './port.ts';
import type { VariableScope } from './variables.ts';

/** What one evaluation in a thread's current state may read. */
export class EvaluationScope implements Scope {
  readonly input: Json;
  readonly result: Json | undefined;
  readonly errorOutput: Json | undefined;
  readonly #thread: Thread;

  constructor(thread: Thread, input: Json, result?: Json, errorOutput?: Json) {
    this.#thread = thread;
    this.input = input;
    this.result = result;
    this.errorOutput = errorOutput;
  }

  get variables(): VariableScope {
    return this.#thread.variables;
  }

  get context(): Json {
    return this.#thread.context;
  }

  get random(): RandomSource {
    return this.#thread.execution.random;
  }

  now(): number {
    return this.#thread.execution.services.scheduler.now();
  }
}
