import { StatesError } from '../errors.ts';
import { compileIntrinsic, isIntrinsic } from './intrinsics.ts';
import { compileLookup } from './jsonpath/lookup.ts';
import { parsePath } from './jsonpath/parse.ts';
import { PathNotFound } from './jsonpath/path-not-found.ts';
import { reporting } from './reach.ts';
import { onBoundedStack } from './stack-guard.ts';
import type { CompiledPath, Json, Scope, Where } from './types.ts';

export { compileReferencePath } from './jsonpath/reference-path.ts';
export { ExpressionSyntaxError } from './syntax-error.ts';

/** Fields whose value is filtered by a path: their cause is the JSONPath library's own reason. */
const filterFields = new Set(['InputPath', 'OutputPath', 'ItemsPath', 'ResultPath']);

const CALLS = ['evaluate', 'find'] as const;

/**
 * Compiles `$…`, `$$…`, `$variable…`, or an intrinsic function call.
 *
 * `where.field` decides the words of the cause: `InputPath`, `OutputPath` and `ItemsPath` answer
 * `Invalid path '$.a' : No results for path: $['a']`; every other field answers `The JSONPath '$.a'
 * specified for the field '…' could not be found in the input '…'`.
 *
 * @throws ExpressionSyntaxError when the text is neither.
 */
export function compilePath(text: string, where: Where): CompiledPath {
  if (isIntrinsic(text)) {
    const call = compileIntrinsic(text);
    const evaluate = (scope: Scope): Json => call.evaluate(scope);
    return reporting(where, { text, definite: true, evaluate, find: evaluate }, CALLS);
  }
  const ast = parsePath(text);
  const lookup = compileLookup(ast);
  const path: CompiledPath = {
    text,
    definite: ast.definite,
    evaluate(scope) {
      return onBoundedStack('States.Runtime', () => {
        try {
          return lookup(scope);
        } catch (error) {
          if (error instanceof PathNotFound) throw missing(text, where, error, scope);
          throw error;
        }
      });
    },
    find(scope) {
      try {
        return onBoundedStack('States.Runtime', () => lookup(scope));
      } catch (error) {
        if (error instanceof PathNotFound) return undefined;
        throw error;
      }
    },
  };
  return reporting(where, path, CALLS);
}

function missing(text: string, where: Where, error: PathNotFound, scope: Scope): StatesError {
  return new StatesError(
    'States.Runtime',
    filterFields.has(where.field)
      ? `Invalid path '${text}' : ${error.message}`
      : `The JSONPath '${text}' specified for the field '${where.field}' could not be found in ` +
          `the input '${JSON.stringify(scope.input)}'`,
  );
}
