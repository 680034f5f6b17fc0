import type { Json } from '../json.ts';
import type { Reach } from '../reach.ts';

export type { Json } from '../json.ts';

export type QueryLanguage = 'JSONPath' | 'JSONata';

/** Seeded: the same seed gives the same run. */
export interface RandomSource {
  /** Uniform in [0, 1). */
  next(): number;
  /** A version 4 UUID made from `next`. */
  uuid(): string;
}

export interface VariableLookup {
  /** The value of a workflow variable in scope (innermost first); the name has no `$`. */
  get(name: string): Json | undefined;
}

/** What an expression may read when it is evaluated. */
export interface Scope {
  /** JSONPath `$`; JSONata `$states.input`. */
  readonly input: Json;
  /** JSONPath `$$`; JSONata `$states.context`. Built when first read: touch it only if needed. */
  readonly context: Json;
  /** JSONata `$states.result`, where the state has one. */
  readonly result?: Json | undefined;
  /** JSONata `$states.errorOutput`, in a Catch. */
  readonly errorOutput?: Json | undefined;
  readonly variables: VariableLookup;
  readonly random: RandomSource;
  /** The clock's time in ms for JSONata's `$now` and `$millis`; without it, State.EnteredTime. */
  readonly now?: (() => number) | undefined;
}

/** Where an expression stands, for the causes that name it; known at compile time. */
export interface Where {
  /**
   * The field as the author sees it (`InputPath`, `ItemsPath`, `Parameters`, `Output`,
   * `Choices[0]/Condition`, …); templates add the path below it.
   */
  readonly field: string;
  readonly stateName: string;
  /** Who counts what runs reach, and where in the definition this stands. */
  readonly reached?: { readonly reach: Reach; readonly pointer: string } | undefined;
}

/** A compiled expression. Throws StatesError; the cause without the state's prefix. */
export interface Evaluable<T = Json> {
  evaluate(scope: Scope): T;
}

/**
 * expressions/jsonpath.ts: `compilePath(text, where): CompiledPath`, for `$…`, `$$…`, `$var…`;
 * also `States.…(…)` where the field allows intrinsics (delegates to intrinsics.ts).
 * Throws `ExpressionSyntaxError` when the text is no such path.
 */
export interface CompiledPath extends Evaluable {
  readonly text: string;
  /** A definite path gives one value or fails; an indefinite one gives an array, maybe empty. */
  readonly definite: boolean;
  /** Like evaluate, but a missing value is undefined (Choice's IsPresent). */
  find(scope: Scope): Json | undefined;
}

/** expressions/jsonpath.ts: `compileReferencePath(text, where): CompiledReferencePath` (ResultPath). */
export interface CompiledReferencePath {
  readonly text: string;
  /** A new value: `input` with `value` put at the path. Throws States.ResultPathMatchFailure. */
  set(input: Json, value: Json): Json;
}

/**
 * expressions/payload-template.ts: `compileTemplate(template, where): Evaluable` (Parameters,
 * ResultSelector, ItemSelector, Assign, … of JSONPath states).
 * expressions/jsonata.ts: `compileJsonata(text, where): Evaluable` (text with or without `{% %}`)
 * and `compileJsonataTemplate(template, where): CompiledTemplate` for any JSON that may hold
 * `{% … %}` strings (Arguments, Output, Assign, Items, TimeoutSeconds, …).
 */
export interface CompiledTemplate extends Evaluable {
  /** True when nothing in it is evaluated: `evaluate` then answers the same value at once. */
  readonly constant: boolean;
  /** The expression's text between `{%` and `%}` if the whole template is one expression. */
  readonly expression: string | undefined;
}

/**
 * expressions/choice.ts: `compileChoiceRule(rule, queryLanguage, where): CompiledChoiceRule`
 * (where.field e.g. `Choices[0]`). Next and Assign of the rule are the core's business.
 */
export interface CompiledChoiceRule {
  test(scope: Scope): boolean;
}
