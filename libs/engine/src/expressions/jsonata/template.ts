import type { Json, JsonObject } from '../../json.ts';
import { isObject } from '../../json.ts';
import { compileJsonata } from '../jsonata.ts';
import { setOwn } from '../own.ts';
import { below } from '../reach.ts';
import { expressionIn } from './parse.ts';
import type { CompiledTemplate, Scope, Where } from '../types.ts';

type Evaluate = (scope: Scope) => Json;

/**
 * Compiles any JSON in which strings may be `{% … %}` expressions (Arguments, Output, Assign, and
 * all fields that take a single value). Expressions are evaluated in order; the cause of one that
 * fails names its place, e.g. `Output/items[0]/id`.
 *
 * @throws ExpressionSyntaxError
 */
export function compileJsonataTemplate(template: Json, where: Where): CompiledTemplate {
  const evaluate = compileNode(template, where, where.field);
  const expression = typeof template === 'string' ? expressionIn(template) : undefined;
  return evaluate === undefined
    ? { constant: true, expression: undefined, evaluate: () => template }
    : { constant: false, expression, evaluate };
}

function compileNode(node: Json, where: Where, field: string): Evaluate | undefined {
  if (typeof node === 'string') {
    if (expressionIn(node) === undefined) return undefined;
    const expression = compileJsonata(node, { ...where, field });
    return (scope) => expression.evaluate(scope);
  }
  if (Array.isArray(node)) {
    return compileParts(
      node.map((item, index) => [
        index,
        item,
        compileNode(item, below(where, index), `${field}[${String(index)}]`),
      ]),
      () => [],
      (array: Json[], _key, value) => array.push(value),
    );
  }
  if (isObject(node)) {
    return compileParts(
      Object.entries(node).map(([key, value]) => [
        key,
        value,
        compileNode(value, below(where, key), `${field}/${key}`),
      ]),
      () => ({}),
      (object: JsonObject, key, value) => {
        setOwn(object, key as string, value);
      },
    );
  }
  return undefined;
}

type Part = [key: string | number, constant: Json, evaluate: Evaluate | undefined];

function compileParts<T extends Json>(
  parts: readonly Part[],
  create: () => T,
  add: (target: T, key: string | number, value: Json) => void,
): Evaluate | undefined {
  if (parts.every(([, , evaluate]) => evaluate === undefined)) return undefined;
  return (scope) => {
    const target = create();
    for (const [key, constant, evaluate] of parts) {
      add(target, key, evaluate === undefined ? constant : evaluate(scope));
    }
    return target;
  };
}
