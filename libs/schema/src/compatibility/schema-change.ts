import type { Json } from '../json.ts';

/** `compatible` < `unknown` < `breaking`. */
export type Verdict = 'compatible' | 'unknown' | 'breaking';

/** Which side of a contract a schema is: what a caller sends, or what the child answers. */
export type Direction = 'input' | 'output';

export interface SchemaChange {
  readonly verdict: Verdict;
  /** JSON pointer into the value; `*` any item or any further field. */
  readonly pointer: string;
  /** The keyword that decides. */
  readonly rule: string;
  /** With `breaking`: a whole value that the change refuses (input) or first lets out (output). */
  readonly counterexample?: Json;
  readonly message: string;
}

export interface SchemaDiff {
  readonly verdict: Verdict;
  readonly changes: readonly SchemaChange[];
}
