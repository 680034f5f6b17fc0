import type { JsonataNode, Signature } from '../ast.ts';
import type { Frame } from './frame.ts';

/**
 * A function of the expression's world. It is a function of JavaScript, so no JSON value can pass
 * for one: nothing else is ever called, and nothing of it can be read but by who made it.
 */
export type Callable = ((this: Caller, ...args: unknown[]) => unknown) & {
  /** How many arguments it declares: decides whether `$map` gives it the index too. */
  arity?: number;
  signature?: Signature | undefined;
  lambda?: Lambda;
};

/** `this` of a function that is called. */
export interface Caller {
  readonly frame: Frame;
  readonly input: unknown;
  /** What functions of the jsonata package read of it. */
  readonly environment: { readonly timestamp: Date };
}

/** A function that the expression itself defines. */
export interface Lambda {
  readonly parameters: readonly string[];
  readonly body: JsonataNode;
  readonly input: unknown;
  readonly frame: Frame;
  readonly thunk: boolean;
}

export function isCallable(value: unknown): value is Callable {
  return typeof value === 'function';
}

export function arityOf(callable: Callable): number {
  return callable.arity ?? callable.length;
}
