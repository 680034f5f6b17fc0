import type { JsonataNode } from '@harmony/engine/expressions';
import { either, type Fact } from './fact.ts';
import { textOf } from './jsonata-node.ts';
import { computed, consume, type Context, onlyArray, type Value } from './jsonata-value.ts';
import { pathKey } from './presence.ts';
import { itemAt, itemOf, readField } from './read.ts';

/** A path, step by step; what each reads is checked. */
export function evaluatePath(node: JsonataNode, context: Context): Value {
  const [first, ...rest] = node.steps ?? [];
  if (!first) return computed('a path');
  let { fact, maybe } = context.evaluate(first, context);
  let isMany = first.type === 'unary';
  if (isMany) fact = itemOf(fact) ?? fact;
  for (const [index, each] of rest.entries()) {
    if (fact.kind === 'unknown' && fact.path === undefined) break;
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
  context.scope.reporter.read(fact, { asked: context.asking === true });
  if (fact.kind === 'unknown') {
    context.scope.reporter.notTraced(context.scope.pointer, textOf(node.steps ?? []), fact);
  }
  return { fact: isMany ? either([{ kind: 'array', item: fact }, fact]) : fact, maybe };
}

/** One step of a path, from what the steps before it lead to. */
export function step(node: JsonataNode, fact: Fact, context: Context, text: string): Value {
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
      return context.evaluate(node, inside);
  }
}

/** Predicates and indices: `items[allowed = true]`, `items[0]`. */
export function filtered(node: JsonataNode, value: Value, context: Context): Value {
  const stages = [
    ...((node['stages'] as JsonataNode[] | undefined) ?? []),
    ...((node['predicate'] as JsonataNode[] | undefined) ?? []),
  ];
  if (stages.length === 0) return value;
  const place = indexOf(stages);
  const item = (place === undefined ? itemOf(value.fact) : itemAt(value.fact, place)) ?? value.fact;
  context.scope.reporter.usage.touch(value.fact);
  let isIndex = true;
  for (const stage of stages) {
    const condition = stage['expr'] as JsonataNode | undefined;
    if (!condition) continue;
    isIndex &&= condition.type === 'number';
    consume(context.evaluate(condition, { ...context, item }), context);
  }
  // A filter may leave nothing, an empty array has no first item; AWS's models do not say which are.
  const isAnswer = item.kind === 'declared' && item.absentAtTimes !== undefined;
  const maybe = !isIndex || (!isAnswer && !isThere(value.fact, place));
  return { fact: isIndex ? item : either([{ kind: 'array', item }, item]), maybe };
}

/** Of `items[0]` the number; undefined for a filter and for one counted from the end. */
function indexOf(stages: readonly JsonataNode[]): number | undefined {
  const [only, ...more] = stages.map((stage) => stage['expr'] as JsonataNode | undefined);
  return more.length === 0 && only?.type === 'number' ? Number(only.value) : undefined;
}

function isThere(fact: Fact, place: number | undefined): boolean {
  return fact.kind === 'array' && place !== undefined && fact.at?.[place] !== undefined;
}
