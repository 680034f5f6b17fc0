import type { Json } from '../../json.ts';
import { isObject } from '../../json.ts';
import { getOwn } from '../own.ts';
import type { Scope } from '../types.ts';
import type { PathAst } from './ast.ts';
import { Effort } from './effort.ts';
import type { Roots } from './evaluate.ts';
import { evaluatePath, rootValue } from './evaluate.ts';
import { PathNotFound } from './path-not-found.ts';

/**
 * The function that reads a parsed path. Throws PathNotFound. Chains of names and indices, nearly
 * all paths there are, take a loop of their own.
 */
export function compileLookup(ast: PathAst): (scope: Scope) => Json {
  const simple = simpleSteps(ast);
  const slow = (scope: Scope): Json => {
    const roots = rootsOf(scope);
    const start = rootValue(ast, roots);
    if (start === undefined) throw new PathNotFound(`No results for path: ${ast.text}`);
    return evaluatePath(ast, start, roots);
  };
  if (simple === undefined) return slow;
  const { root } = ast;
  return (scope) => {
    let value: Json | undefined =
      root.kind === 'input'
        ? scope.input
        : root.kind === 'context'
          ? scope.context
          : root.kind === 'variable'
            ? scope.variables.get(root.name)
            : undefined;
    for (const step of simple) {
      if (typeof step === 'string') {
        value = isObject(value) ? getOwn(value, step) : undefined;
      } else {
        value = Array.isArray(value) ? value.at(step) : undefined;
      }
      if (value === undefined) return slow(scope);
    }
    return value === undefined ? slow(scope) : value;
  };
}

function simpleSteps(ast: PathAst): readonly (string | number)[] | undefined {
  if (ast.root.kind === 'item') return undefined;
  const simple: (string | number)[] = [];
  for (const step of ast.steps) {
    if (step.kind === 'properties' && step.names.length === 1) simple.push(step.names[0] as string);
    else if (step.kind === 'indices' && step.indices.length === 1) {
      simple.push(step.indices[0] as number);
    } else return undefined;
  }
  return simple;
}

function rootsOf(scope: Scope): Roots {
  return {
    input: scope.input,
    context: () => scope.context,
    variable: (name) => scope.variables.get(name),
    effort: new Effort(),
  };
}
