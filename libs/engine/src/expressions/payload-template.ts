import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { compilePath } from './jsonpath.ts';
import { setOwn } from './own.ts';
import { below } from './reach.ts';
import { ExpressionSyntaxError } from './syntax-error.ts';
import type { CompiledTemplate, Scope, Evaluable, Where } from './types.ts';

type Evaluate = (scope: Scope) => Json;

/**
 * Compiles a payload template: in any object of it, a key that ends in `.$` holds a path or an
 * intrinsic function call, and the result takes the key without the `.$`. All else is kept as is.
 *
 * @throws ExpressionSyntaxError for a `.$` key that holds neither, or that stands beside the same
 * key without `.$`.
 */
export function compileTemplate(
  template: Json,
  where: Where,
): Evaluable & Pick<CompiledTemplate, 'constant'> {
  const evaluate = compileNode(template, where);
  return evaluate === undefined
    ? { constant: true, evaluate: () => template }
    : { constant: false, evaluate };
}

/** undefined where nothing has to be evaluated. */
function compileNode(node: Json, where: Where): Evaluate | undefined {
  if (Array.isArray(node)) return compileArray(node, where);
  return isObject(node) ? compileObject(node, where) : undefined;
}

function compileArray(items: readonly Json[], where: Where): Evaluate | undefined {
  const compiled = items.map((item, index) => compileNode(item, below(where, index)));
  if (compiled.every((item) => item === undefined)) return undefined;
  return (scope) =>
    items.map((item, index) => {
      const evaluate = compiled[index];
      return evaluate === undefined ? item : evaluate(scope);
    });
}

function compileObject(node: JsonObject, where: Where): Evaluate | undefined {
  let evaluated = false;
  const fields = Object.entries(node).map(([key, value]) => {
    if (!key.endsWith('.$')) {
      const evaluate = compileNode(value, below(where, key));
      evaluated ||= evaluate !== undefined;
      return { key, value, evaluate };
    }
    evaluated = true;
    const name = key.slice(0, -2);
    if (Object.hasOwn(node, name)) {
      throw new ExpressionSyntaxError(key, 0, `'${key}' and '${name}' would set the same field`);
    }
    return { key: name, value, evaluate: compileField(key, value, where) };
  });
  if (!evaluated) return undefined;
  return (scope) => {
    const result: JsonObject = {};
    for (const { key, value, evaluate } of fields) {
      setOwn(result, key, evaluate === undefined ? value : evaluate(scope));
    }
    return result;
  };
}

function compileField(key: string, value: Json, where: Where): Evaluate {
  if (typeof value !== 'string') {
    throw new ExpressionSyntaxError(
      key,
      0,
      `the value of '${key}' must be a JSONPath or an intrinsic function call`,
    );
  }
  // The cause of a path that matches nothing names the key alone, wherever it stands.
  const path = compilePath(value, { ...below(where, key), field: key });
  return (scope) => path.evaluate(scope);
}
