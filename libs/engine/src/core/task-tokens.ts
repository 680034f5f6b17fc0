import type { Json } from '../json.ts';
import type { Failure } from './failure.ts';

/** Who waits for a token. */
export interface TokenHolder {
  succeed(output: Json): void;
  fail(failure: Failure): void;
  heartbeat(): void;
  /** For reports: the state and the execution that wait. */
  readonly description: string;
}

/** Open task tokens, of callbacks and of activities. */
export class TaskTokens {
  readonly #open = new Map<string, TokenHolder>();

  open(token: string, holder: TokenHolder): void {
    this.#open.set(token, holder);
  }

  close(token: string): void {
    this.#open.delete(token);
  }

  get(token: string): TokenHolder | undefined {
    return this.#open.get(token);
  }

  get size(): number {
    return this.#open.size;
  }
}
