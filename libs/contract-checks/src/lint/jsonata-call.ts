import type { JsonataNode } from '@harmony/engine/expressions';
import { either, type Fact, scalar, unknown } from './fact.ts';
import { DEFINED, RESULTS, SAME_ITEMS, TAKES } from './jsonata-functions.ts';
import { computed, consume, type Context, sure, type Value } from './jsonata-value.ts';
import { describe } from './jsonata-node.ts';
import { itemOf } from './read.ts';
import { expectType } from './scope.ts';

/**
 * What a function gives.
 * @param first what comes before ~>
 */
export function evaluateCall(node: JsonataNode, context: Context, first?: Value): Value {
  const name = String(node.procedure?.value ?? '');
  const args = node.arguments ?? [];
  const values = [...(first ? [first] : [])];
  let item: Fact | undefined;
  for (const argument of args) {
    if (argument.type === 'lambda') {
      values.push(evaluateLambda(argument, item, context));
      continue;
    }
    const value = context.evaluate(
      argument,
      name === 'exists' ? { ...context, asking: true } : context,
    );
    item ??= itemOf(value.fact) ?? value.fact;
    values.push(value);
    if (name === 'exists' || name === 'count') context.scope.reporter.usage.touch(value.fact);
    else if (!SAME_ITEMS.has(name) && name !== 'map') consume(value, context);
  }
  const [subject] = values;
  const takes = TAKES[name];
  if (takes !== undefined && subject !== undefined && !context.local.has(name)) {
    const given = first ? 'what is given to it' : describe(args[0] as JsonataNode);
    expectType(subject.fact, [takes], `$${name}()`, given, context.scope);
  }
  const maybe = !DEFINED.has(name) && (values[0]?.maybe ?? false);
  if (SAME_ITEMS.has(name)) {
    const items = (name === 'append' ? values : values.slice(0, 1)).map(
      ({ fact }) => itemOf(fact) ?? fact,
    );
    const isEmpty = name === 'append' ? values.every((value) => value.maybe) : maybe;
    return { fact: { kind: 'array', item: either(items) }, maybe: name === 'filter' || isEmpty };
  }
  if (name === 'map') return sure({ kind: 'array', item: values[1]?.fact ?? unknown('$map') });
  const type = RESULTS[name];
  if (type) return { fact: scalar(type), maybe };
  for (const value of values) consume(value, context);
  return { fact: unknown(`the result of $${name}()`), maybe: false };
}

function evaluateLambda(node: JsonataNode, item: Fact | undefined, context: Context): Value {
  const [first, ...others] = node.arguments ?? [];
  const local = new Map(context.local);
  if (first) local.set(String(first.value), sure(item ?? unknown('an argument')));
  for (const other of others) local.set(String(other.value), computed('an argument'));
  return node.body ? context.evaluate(node.body, { ...context, local }) : computed('a function');
}

/** `x ~> $f(y)` */
export function evaluateApply(node: JsonataNode, context: Context): Value {
  const left = context.evaluate(node.lhs as JsonataNode, context);
  const right = node.rhs as JsonataNode;
  consume(left, context);
  return right.type === 'function'
    ? evaluateCall(right, context, left)
    : computed('a chain of functions');
}
