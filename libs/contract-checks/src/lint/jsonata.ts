import { ExpressionSyntaxError, type JsonataNode } from '@harmony/engine/expressions';
import { either, type Fact, type Field, type JsonType, object, scalar, unknown } from './fact.ts';
import { DEFINED, RESULTS, SAME_ITEMS } from './jsonata-functions.ts';
import { decide } from './jsonata-guards.ts';
import { childrenOf, describe, parsed, textOf } from './jsonata-node.ts';
import { operatorResult } from './jsonata-operators.ts';
import {
  computed,
  consume,
  type Context,
  flattened,
  onlyArray,
  readVariable,
  sure,
  type Value,
} from './jsonata-value.ts';
import { keyOf, pathKey, type Presence, union } from './presence.ts';
import { itemOf, readField } from './read.ts';
import { expectType, type Scope } from './scope.ts';

/** What a JSONata expression gives, with everything wrong in it reported. */
export function evaluateJsonata(expression: string, scope: Scope): Fact {
  let node: JsonataNode;
  try {
    node = parsed(expression);
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    // The language itself is the business of `harmony validate`.
    const fact = unknown('an expression that cannot be read');
    scope.reporter.notTraced(scope.pointer, expression, fact);
    return fact;
  }
  const context: Context = {
    ...{ scope, local: new Map(), bound: new Map(), item: undefined },
    present: union(scope.reporter.guarded, scope.present ?? new Map()),
  };
  const { fact, maybe } = evaluate(node, context);
  if (maybe && fact.kind !== 'unknown') {
    scope.reporter.problem(
      'warning',
      'FIELD_OPTIONAL',
      scope.pointer,
      `{% ${expression} %} may be undefined, which fails the state: ask with $exists(), or give the field a default in the contract`,
    );
  }
  return fact;
}

function evaluate(node: JsonataNode, context: Context): Value {
  const value = evaluateNode(node, context);
  return value.maybe && context.present.has(keyOf(node)) ? sure(value.fact) : value;
}

function evaluateNode(node: JsonataNode, context: Context): Value {
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value': {
      const value = node.value as string | number | boolean | null;
      const type = value === null ? 'null' : (typeof value as JsonType);
      return sure({ kind: 'scalar', type, value });
    }
    case 'regex':
      return computed('a regular expression');
    case 'variable':
      return filtered(node, readVariable(String(node.value), context), context);
    case 'name':
      return context.item === undefined
        ? computed('a name')
        : step(node, context.item, context, '');
    case 'path':
      return evaluatePath(node, context);
    case 'binary':
      return evaluateBinary(node, context);
    case 'unary':
      return evaluateUnary(node, context);
    case 'condition': {
      const { condition, then, else: otherwise } = node;
      if (condition) consume(evaluate(condition, context), context);
      const decided = condition ? decide(condition, context.bound) : undefined;
      const knowing = (presence: Presence | undefined): Context =>
        presence ? { ...context, present: union(context.present, presence) } : context;
      const first = then ? evaluate(then, knowing(decided?.yes)) : undefined;
      const second = otherwise ? evaluate(otherwise, knowing(decided?.no)) : undefined;
      const values = [first, second].filter((value) => value !== undefined);
      return {
        fact: either(values.map(({ fact }) => fact)),
        maybe: second === undefined || values.some(({ maybe }) => maybe),
      };
    }
    case 'block':
      return evaluateBlock(node, context);
    case 'bind':
      return evaluate(node.rhs as JsonataNode, context);
    case 'function':
    case 'partial':
      return evaluateCall(node, context);
    case 'apply':
      return evaluateApply(node, context);
    case 'lambda':
      return computed('a function');
    default:
      for (const child of childrenOf(node)) consume(evaluate(child, context), context);
      return computed(`a JSONata ${node.type}`);
  }
}

function evaluatePath(node: JsonataNode, context: Context): Value {
  const [first, ...rest] = node.steps ?? [];
  if (!first) return computed('a path');
  let { fact, maybe } = evaluate(first, context);
  let isMany = first.type === 'unary';
  if (isMany) fact = itemOf(fact) ?? fact;
  for (const [index, each] of rest.entries()) {
    if (fact.kind === 'unknown') break;
    // JSONata goes into the items of an array by itself.
    if (onlyArray(fact)) {
      context.scope.reporter.usage.touch(fact);
      fact = itemOf(fact) ?? fact;
      isMany = true;
    }
    const steps = [first, ...rest.slice(0, index + 1)];
    const next = step(each, fact, context, textOf(steps));
    fact = next.fact;
    maybe ||= next.maybe && !isMany;
    if (maybe && context.present.has(pathKey(steps))) maybe = false;
  }
  if (fact.kind === 'unknown') {
    context.scope.reporter.notTraced(context.scope.pointer, textOf(node.steps ?? []), fact);
  }
  return { fact: isMany ? either([{ kind: 'array', item: fact }, fact]) : fact, maybe };
}

function step(node: JsonataNode, fact: Fact, context: Context, text: string): Value {
  const inside = { ...context, item: fact };
  switch (node.type) {
    case 'name': {
      const name = String(node.value);
      const read = readField(fact, name);
      if (read.kind === 'absent') {
        if (context.asking === true && fact.kind === 'object') return computed('nothing');
        const where = text === '' ? name : text;
        const message = `${where}: "${name}" ${read.reason}`;
        // What is asked for by $exists may be absent, but a name that nothing declares is a mistake.
        context.scope.reporter.problem('error', 'FIELD_UNDECLARED', context.scope.pointer, message);
        return computed('a field that is not there');
      }
      return filtered(node, { fact: read.fact, maybe: read.maybe }, context);
    }
    case 'wildcard':
    case 'descendant':
    case 'parent':
      context.scope.reporter.usage.consume(fact);
      return computed('every field at once');
    case 'sort':
      return { fact: { kind: 'array', item: fact }, maybe: false };
    default:
      return evaluate(node, inside);
  }
}

/** Predicates and indices: `items[allowed = true]`, `items[0]`. */
function filtered(node: JsonataNode, value: Value, context: Context): Value {
  const stages = [
    ...((node['stages'] as JsonataNode[] | undefined) ?? []),
    ...((node['predicate'] as JsonataNode[] | undefined) ?? []),
  ];
  if (stages.length === 0) return value;
  const item = itemOf(value.fact) ?? value.fact;
  context.scope.reporter.usage.touch(value.fact);
  let isIndex = true;
  for (const stage of stages) {
    const condition = stage['expr'] as JsonataNode | undefined;
    if (!condition) continue;
    isIndex &&= condition.type === 'number';
    consume(evaluate(condition, { ...context, item }), context);
  }
  // A filter may leave nothing, an empty array has no first item.
  return { fact: isIndex ? item : either([{ kind: 'array', item }, item]), maybe: true };
}

function evaluateBinary(node: JsonataNode, context: Context): Value {
  const operator = String(node.value);
  const left = evaluate(node.lhs as JsonataNode, context);
  const right = evaluate(node.rhs as JsonataNode, afterLeft(node, operator, context));
  consume(left, context);
  consume(right, context);
  const texts = [node.lhs, node.rhs].map((side) => describe(side as JsonataNode));
  return operatorResult(operator, [left, right], texts, context.scope);
}

/** The right side of `and` is looked at where the left one holds, of `or` where it does not. */
function afterLeft(node: JsonataNode, operator: string, context: Context): Context {
  if (operator !== 'and' && operator !== 'or') return context;
  const { yes, no } = decide(node.lhs as JsonataNode, context.bound);
  return { ...context, present: union(context.present, operator === 'and' ? yes : no) };
}

function evaluateUnary(node: JsonataNode, context: Context): Value {
  if (node.value === '[') {
    const items = (node.expressions ?? []).map((item) => evaluate(item, context).fact);
    const inner = items.map(flattened);
    return sure({ kind: 'array', item: inner.length === 0 ? scalar('null') : either(inner) });
  }
  if (node.value === '{') {
    const fields: Record<string, Field> = {};
    let isOpen = false;
    for (const [key, value] of (node.lhs as [JsonataNode, JsonataNode][] | undefined) ?? []) {
      const { fact, maybe } = evaluate(value, context);
      if (key.type === 'string') fields[String(key.value)] = { fact, maybe };
      else {
        consume(evaluate(key, context), context);
        context.scope.reporter.usage.consume(fact);
        isOpen = true;
      }
    }
    return sure(object(fields, isOpen ? unknown('a computed field') : undefined));
  }
  const inner = evaluate(node['expression'] as JsonataNode, context);
  consume(inner, context);
  expectType(
    inner.fact,
    ['number'],
    'The operator -',
    describe(node['expression'] as JsonataNode),
    context.scope,
  );
  return { fact: scalar('number'), maybe: inner.maybe };
}

function evaluateBlock(node: JsonataNode, context: Context): Value {
  let { local, bound } = context;
  let last = computed('an empty block');
  for (const expression of node.expressions ?? []) {
    last = evaluate(expression, { ...context, local, bound });
    if (expression.type === 'bind') {
      const name = String((expression.lhs as JsonataNode).value);
      local = new Map([...local, [name, last]]);
      bound = new Map([...bound, [name, expression.rhs as JsonataNode]]);
    }
  }
  return last;
}

function evaluateCall(node: JsonataNode, context: Context, first?: Value): Value {
  const name = String(node.procedure?.value ?? '');
  const args = node.arguments ?? [];
  const values = [...(first ? [first] : [])];
  let item: Fact | undefined;
  for (const argument of args) {
    if (argument.type === 'lambda') {
      values.push(evaluateLambda(argument, item, context));
      continue;
    }
    const value = evaluate(argument, name === 'exists' ? { ...context, asking: true } : context);
    item ??= itemOf(value.fact) ?? value.fact;
    values.push(value);
    if (name === 'exists' || name === 'count') context.scope.reporter.usage.touch(value.fact);
    else if (!SAME_ITEMS.has(name) && name !== 'map') consume(value, context);
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
  return node.body ? evaluate(node.body, { ...context, local }) : computed('a function');
}

function evaluateApply(node: JsonataNode, context: Context): Value {
  const left = evaluate(node.lhs as JsonataNode, context);
  const right = node.rhs as JsonataNode;
  consume(left, context);
  return right.type === 'function'
    ? evaluateCall(right, context, left)
    : computed('a chain of functions');
}
