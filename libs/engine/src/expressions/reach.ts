import { below as pointerBelow } from '../pointer.ts';
import type { Where } from './types.ts';

/** The same field's part below it. */
export function below(where: Where, ...steps: readonly (string | number)[]): Where {
  const { reached } = where;
  if (reached === undefined) return where;
  return { ...where, reached: { ...reached, pointer: pointerBelow(reached.pointer, ...steps) } };
}

/** An expression that tells when it is evaluated, where somebody listens. */
export function reporting<T extends { evaluate(scope: never): unknown }>(
  where: Where,
  expression: T,
  names: readonly (keyof T)[] = ['evaluate'],
): T {
  if (where.reached === undefined) return expression;
  const { reach, pointer } = where.reached;
  const report = reach.place('expression', pointer);
  const told = { ...expression };
  for (const name of names) {
    const run = expression[name] as (scope: unknown) => unknown;
    told[name] = ((scope: unknown) => {
      report();
      return run(scope);
    }) as T[typeof name];
  }
  return told;
}
