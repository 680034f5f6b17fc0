import { EngineError } from '../engine-error.ts';
import type { Limits } from '../limits.ts';

/**
 * Where an execution stands among those that started each other. A state machine that starts itself
 * would fill the memory, or never end: it fails by name instead.
 */
export class Lineage {
  readonly #depth: number;
  /** Shared by all that come from one execution of the host's. */
  readonly #family: { started: number };

  constructor(parent?: Lineage) {
    this.#depth = parent === undefined ? 0 : parent.#depth + 1;
    this.#family = parent === undefined ? { started: 0 } : parent.#family;
  }

  /** @throws EngineError ExecutionLimitExceeded */
  descend({ nestingDepth, nestedExecutions }: Limits): Lineage {
    if (this.#depth >= nestingDepth) {
      refuse(`executions that start each other are nested ${String(nestingDepth)} deep`);
    }
    if (++this.#family.started > nestedExecutions) {
      refuse(`one execution and those it started have started ${String(nestedExecutions)} more`);
    }
    return new Lineage(this);
  }
}

function refuse(what: string): never {
  throw new EngineError(
    'ExecutionLimitExceeded',
    `Execution Limit Exceeded: ${what}. Does a state machine start itself?`,
  );
}
