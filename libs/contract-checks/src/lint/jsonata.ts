import { ExpressionSyntaxError, type JsonataNode } from '@harmony/engine/expressions';
import { either, type Fact, type Field, type JsonType, object, scalar, unknown } from './fact.ts';
import { evaluateApply, evaluateCall } from './jsonata-call.ts';
import { decide } from './jsonata-guards.ts';
import { childrenOf, describe, parsed } from './jsonata-node.ts';
import { operatorResult } from './jsonata-operators.ts';
import { evaluatePath, filtered, step } from './jsonata-path.ts';
import {
  computed,
  consume,
  type Context,
  flattened,
  readVariable,
  sure,
  type Value,
} from './jsonata-value.ts';
import { keyOf, type Presence, union } from './presence.ts';
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
    ...{ scope, local: new Map(), bound: new Map(), item: undefined, evaluate },
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
