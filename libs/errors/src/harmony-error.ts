const BRAND = Symbol.for('@harmony/errors');

/**
 * What every package of Harmony throws where a person can put it right: the message names the value
 * that is at fault, where it is and what to do, and is shown as it is. Anything else that is thrown
 * is a fault of Harmony itself.
 *
 * A package has one subclass, with its own codes; further ones only where a caller branches on them.
 */
export class HarmonyError<Code extends string = string> extends Error {
  /** Stable: callers branch on it, never on the message. */
  readonly code: Code;

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** What `isHarmonyError` looks for. */
  get [BRAND](): true {
    return true;
  }
}

/**
 * Whether an error is one of Harmony's own. Unlike `instanceof` it also knows those of another copy
 * of this file: the bundled command has one, and loads a workspace's contracts from their sources.
 */
export function isHarmonyError(error: unknown): error is HarmonyError {
  return error instanceof Error && BRAND in error;
}
