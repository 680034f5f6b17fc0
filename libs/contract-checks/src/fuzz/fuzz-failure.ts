import type { Json } from '@harmony/schema';

export type FuzzFailureKind =
  /** A valid input that *Check input* refused. */
  | 'VALID_INPUT_REFUSED'
  /** A JSONPath or JSONata that a valid input made fail. */
  | 'EVALUATION_FAILED'
  /** A handler that a valid input made throw an error of JavaScript's own. */
  | 'HANDLER_CRASHED'
  | 'OUTPUT_REFUSED'
  | 'INVALID_INPUT_ACCEPTED'
  /** An invalid input that ended otherwise than as ContractViolation in the first state. */
  | 'INVALID_INPUT_HALF_PROCESSED';

export interface FuzzFailure {
  readonly kind: FuzzFailureKind;
  /** The smallest input found. */
  readonly input: Json;
  /** Seed of this one input: with it alone and one run it is the first. */
  readonly seed: number;
  readonly error?: string;
  readonly cause?: string;
  readonly output?: Json;
  readonly state?: string;
  /** What can be done about it. */
  readonly wayOut: string;
}
