import type { Json } from '../json.ts';

/** One reason why a value that may be sent might not be accepted. */
export interface Difference {
  /** `breaking`: some such value is refused; `unknown`: it could not be decided, so do not send. */
  readonly verdict: 'breaking' | 'unknown';
  /** JSON pointer into the value: '' is its root, `*` any item or any further field. */
  readonly pointer: string;
  /** The keyword of JSON Schema that decides: `required`, `type`, `minimum`, … */
  readonly rule: string;
  /** What may be sent there and what is accepted, in a few words. */
  readonly sent: string;
  readonly accepted: string;
  readonly message: string;
  /** A whole value that is valid for the sender and refused by the receiver; with `breaking`. */
  readonly counterexample?: Json;
}
