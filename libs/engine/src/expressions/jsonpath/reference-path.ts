import { StatesError } from '../../errors.ts';
import type { Json, JsonObject } from '../../json.ts';
import { isObject } from '../../json.ts';
import { getOwn, setOwn } from '../own.ts';
import { onBoundedStack } from '../stack-guard.ts';
import { ExpressionSyntaxError } from '../syntax-error.ts';
import type { CompiledReferencePath, Where } from '../types.ts';
import { parsePath } from './parse.ts';

type Step = string | number;

/**
 * Compiles a reference path: one that can only name one place (`$.a['b'][0]`), as ResultPath needs.
 *
 * Setting creates the objects that are missing on the way; what is there and is no object, or an
 * index that its array does not have, cannot be set (Amazon States Language, "ResultPath").
 *
 * @throws ExpressionSyntaxError for `$$`, variables, `*`, `..`, slices, filters and functions.
 */
export function compileReferencePath(text: string, _where: Where): CompiledReferencePath {
  const steps = referenceSteps(text);
  const [only] = steps;
  const oneName = steps.length === 1 && typeof only === 'string' && only !== '__proto__';
  return {
    text,
    set(input, value) {
      if (oneName && isObject(input)) {
        const copy = { ...input };
        copy[only] = value;
        return copy;
      }
      const fail = () =>
        new StatesError(
          'States.ResultPathMatchFailure',
          `Unable to apply ReferencePath ${text} to input ${JSON.stringify(input)}`,
        );
      return onBoundedStack('States.Runtime', () => put(input, steps, 0, value, fail));
    },
  };
}

/** The names and indices of a reference path. Throws ExpressionSyntaxError when it is none. */
export function referenceSteps(text: string): readonly Step[] {
  const path = parsePath(text);
  if (path.root.kind !== 'input') {
    throw new ExpressionSyntaxError(text, 0, "a reference path starts with '$'");
  }
  return path.steps.map((step): Step => {
    if (step.kind === 'properties' && step.names.length === 1) return step.names[0] as string;
    if (step.kind === 'indices' && step.indices.length === 1 && (step.indices[0] as number) >= 0) {
      return step.indices[0] as number;
    }
    throw new ExpressionSyntaxError(
      text,
      0,
      'a reference path names one place: only names and indices are allowed in it',
    );
  });
}

function put(
  target: Json | undefined,
  steps: readonly Step[],
  at: number,
  value: Json,
  fail: () => StatesError,
): Json {
  const step = steps[at];
  if (step === undefined) return value;
  if (typeof step === 'number') {
    if (!Array.isArray(target) || step >= target.length) throw fail();
    const copy = [...target];
    copy[step] = put(copy[step], steps, at + 1, value, fail);
    return copy;
  }
  if (target !== undefined && !isObject(target)) throw fail();
  const copy: JsonObject = target === undefined ? {} : { ...target };
  setOwn(copy, step, put(getOwn(copy, step), steps, at + 1, value, fail));
  return copy;
}
