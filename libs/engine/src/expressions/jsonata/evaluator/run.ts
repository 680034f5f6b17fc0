import type { JsonataNode } from '../ast.ts';
import type { Budget } from './budget.ts';
import type { Frame } from './frame.ts';

/** What the parts of the evaluator ask of the evaluation that they belong to. */
export interface Run {
  readonly budget: Budget;
  /** The run's clock, in milliseconds; `$now` and dates without a year take it. */
  readonly now: () => number;
  evaluate(node: JsonataNode, input: unknown, frame: Frame): unknown;
  /** Calls a function, and whatever tail calls it ends in. */
  apply(callable: unknown, args: readonly unknown[], input: unknown, frame: Frame): unknown;
}
