import type { Json } from '../../json.ts';
import { isObject } from '../../json.ts';
import type { Scope } from '../types.ts';
import type { Outermost } from './evaluator/frame.ts';
import type { Run } from './evaluator/run.ts';
import { addedFunction } from './functions.ts';
import { jsonataFunction } from './library/library.ts';

/**
 * What an expression's free names mean in one evaluation: `$states`, workflow variables, functions.
 * @param copies whether the expression may write into what it is given (a transform)
 */
export function namesIn(scope: Scope, run: Run, copies: boolean): Outermost {
  const known = new Map<string, unknown>();
  const resolve = (name: string): unknown => {
    if (name === 'states') return statesOf(scope, copies);
    const value = scope.variables.get(name);
    if (value !== undefined) return copies ? copy(value) : value;
    return addedFunction(name, scope, run) ?? jsonataFunction(name, run);
  };
  return (name) => {
    let value = known.get(name);
    if (value === undefined && !known.has(name)) {
      value = resolve(name);
      known.set(name, value);
    }
    return value;
  };
}

function statesOf(scope: Scope, copies: boolean): object {
  const own = <T extends Json | undefined>(value: T): T =>
    copies && value !== undefined ? (copy(value) as T) : value;
  const states: Record<string, unknown> = { input: own(scope.input) };
  if (scope.result !== undefined) states['result'] = own(scope.result);
  if (scope.errorOutput !== undefined) states['errorOutput'] = own(scope.errorOutput);
  // Building the context object takes time; most expressions do not look at it.
  Object.defineProperty(states, 'context', {
    enumerable: true,
    configurable: true,
    get: () => own(scope.context),
  });
  return states;
}

function copy(value: Json): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** The engine's clock where it is given, else when the state was entered. */
export function timeOf(scope: Scope): number {
  if (scope.now !== undefined) return scope.now();
  const state = isObject(scope.context) ? scope.context['State'] : undefined;
  const entered = isObject(state) ? state['EnteredTime'] : undefined;
  return typeof entered === 'string' ? Date.parse(entered) : 0;
}
