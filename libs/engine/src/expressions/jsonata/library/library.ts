import { isArray } from '../evaluator/values.ts';
import type { Callable } from '../evaluator/callable.ts';
import type { Run } from '../evaluator/run.ts';
import { dataFunctions } from './data.ts';
import { dateFunctions } from './dates.ts';
import { higherOrder } from './higher-order.ts';
import { libraryFunction, type LibraryFunction } from './jsonata-library.ts';
import { serviceFunctions } from './service.ts';
import { textFunctions } from './text.ts';

const ours = {
  ...higherOrder,
  ...textFunctions,
  ...dataFunctions,
  ...dateFunctions,
  ...serviceFunctions,
};

/** Reads and runs whatever it is given. */
const withheld = new Set(['eval']);

/** jsonata's own `$name` for one evaluation; undefined where it has none. */
export function jsonataFunction(name: string, run: Run): Callable | undefined {
  const original = withheld.has(name) ? undefined : libraryFunction(name);
  if (original === undefined) return undefined;
  const make = Object.hasOwn(ours, name) ? ours[name] : undefined;
  const callable = make === undefined ? counted(original, run) : (make(run) as Callable);
  callable.arity = original.implementation.length;
  callable.signature = original.signature;
  return callable;
}

/** The package's function, its result counted. */
function counted({ implementation }: LibraryFunction, run: Run): Callable {
  return function (...args) {
    const result = implementation.apply(this, args);
    if (typeof result === 'string') run.budget.hold(result.length);
    else if (isArray(result)) run.budget.hold(result.length * 8);
    return result;
  };
}
