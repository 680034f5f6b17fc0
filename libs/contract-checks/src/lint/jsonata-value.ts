import type { JsonataNode } from '@harmony/engine/expressions';
import { either, type Fact, object, unknown } from './fact.ts';
import { itemOf, typesOf } from './read.ts';
import type { Bound } from './jsonata-guards.ts';
import type { Presence } from './presence.ts';
import type { Scope } from './scope.ts';

/** A value that may be undefined: JSONata's word for what is not there. */
export interface Value {
  readonly fact: Fact;
  readonly maybe: boolean;
}

export interface Context {
  readonly scope: Scope;
  /** Variables of the expression itself, and lambda parameters. */
  readonly local: ReadonlyMap<string, Value>;
  /** What the expression's own variables were bound to. */
  readonly bound: Bound;
  /** What a bare name or `$` is read from; undefined at the top, where there is nothing. */
  readonly item: Fact | undefined;
  /** What conditions above have found to be there. */
  readonly present: Presence;
  /** It is asked whether the value is there: what no state makes is no mistake then. */
  readonly asking?: boolean;
  /** Works out an expression inside of another. */
  readonly evaluate: (node: JsonataNode, context: Context) => Value;
}

export const sure = (fact: Fact): Value => ({ fact, maybe: false });
export const computed = (how: string): Value => sure(unknown(how));

/** The value is used as a whole: every field of it counts as read. */
export function consume({ fact }: Value, { scope }: Context): void {
  scope.reporter.usage.consume(fact);
}

export function readVariable(name: string, context: Context): Value {
  const { scope } = context;
  if (name === '') return context.item ? sure(context.item) : computed('the context');
  if (name === 'states') {
    return sure(object({ input: scope.input, context: scope.context, ...scope.states }));
  }
  const local = context.local.get(name);
  if (local) return local;
  return sure(scope.variables.get(name) ?? unknown(`the variable $${name}`));
}

export function onlyArray(fact: Fact): boolean {
  return typesOf(fact)?.every((type) => type === 'array') === true;
}

/** What a value adds to an array constructor: the items of an array, else itself. */
export function flattened(fact: Fact): Fact {
  if (fact.kind === 'either') return either(fact.options.map(flattened));
  return onlyArray(fact) ? (itemOf(fact) ?? fact) : fact;
}
