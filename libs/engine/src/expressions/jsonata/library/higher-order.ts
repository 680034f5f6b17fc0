import { setOwn } from '../../own.ts';
import { arityOf, isCallable, type Callable, type Caller } from '../evaluator/callable.ts';
import { fail } from '../evaluator/failure.ts';
import type { Run } from '../evaluator/run.ts';
import { mergeSort } from '../evaluator/sort.ts';
import { isNumbers, isRecord, isStrings, sequence, toBoolean } from '../evaluator/values.ts';

type Implementation = (run: Run) => (this: Caller, ...args: never[]) => unknown;

/** Calls a function of the expression's with as many of the arguments as it takes. */
function call(callable: unknown, caller: Caller, args: unknown[], least = 1): unknown {
  if (!isCallable(callable)) return fail('T1006');
  return callable.apply(caller, args.slice(0, Math.max(least, arityOf(callable))));
}

/** jsonata's functions that call functions: its own answer in promises. */
export const higherOrder: Readonly<Record<string, Implementation>> = {
  map: (run) =>
    function (items: unknown[] | undefined, callable: Callable) {
      if (items === undefined) return undefined;
      const results = sequence();
      for (const [index, item] of items.entries()) {
        run.budget.spend(1);
        const result = call(callable, this, [item, index, items]);
        if (result !== undefined) results.push(result);
      }
      run.budget.hold(results.length * 8);
      return results;
    },

  filter: (run) =>
    function (items: unknown[] | undefined, callable: Callable) {
      if (items === undefined) return undefined;
      const results = sequence();
      for (const [index, item] of items.entries()) {
        run.budget.spend(1);
        if (toBoolean(call(callable, this, [item, index, items]), run.budget) === true) {
          results.push(item);
        }
      }
      run.budget.hold(results.length * 8);
      return results;
    },

  single: (run) =>
    function (items: unknown[] | undefined, callable: Callable | undefined) {
      if (items === undefined) return undefined;
      let found: { item: unknown } | undefined;
      for (const [index, item] of items.entries()) {
        run.budget.spend(1);
        const matches =
          callable === undefined ||
          toBoolean(call(callable, this, [item, index, items]), run.budget) === true;
        if (!matches) continue;
        if (found !== undefined) fail('D3138', { index });
        found = { item };
      }
      return found === undefined ? fail('D3139') : found.item;
    },

  reduce: (run) =>
    function (items: unknown[] | undefined, callable: Callable, first: unknown) {
      if (items === undefined) return undefined;
      if (isCallable(callable) && arityOf(callable) < 2) fail('D3050', { index: 1 });
      let index = 0;
      let result = first;
      if (first === undefined && items.length > 0) result = items[index++];
      for (; index < items.length; index++) {
        run.budget.spend(1);
        result = call(callable, this, [result, items[index], index, items], 2);
      }
      return result;
    },

  each: (run) =>
    function (object: Record<string, unknown> | undefined, callable: Callable) {
      const results = sequence();
      if (!isRecord(object)) return results;
      for (const [key, value] of Object.entries(object)) {
        run.budget.spend(1);
        const result = call(callable, this, [value, key, object]);
        if (result !== undefined) results.push(result);
      }
      return results;
    },

  sift: (run) =>
    function (object: Record<string, unknown> | undefined, callable: Callable) {
      if (!isRecord(object)) return undefined;
      const result: Record<string, unknown> = {};
      let empty = true;
      for (const [key, value] of Object.entries(object)) {
        run.budget.spend(1);
        if (toBoolean(call(callable, this, [value, key, object]), run.budget) !== true) continue;
        setOwn(result, key, value);
        empty = false;
      }
      return empty ? undefined : result;
    },

  sort: (run) =>
    function (items: unknown[] | undefined, comparator: Callable | undefined) {
      if (items === undefined || items.length <= 1) return items;
      if (comparator !== undefined) {
        return mergeSort(items, run.budget, (a, b) => Boolean(call(comparator, this, [a, b], 2)));
      }
      if (!isNumbers(items) && !isStrings(items)) fail('D3070', { index: 1 });
      run.budget.spend(items.length * 4);
      return mergeSort(items, run.budget, (a, b) => (a as number) > (b as number));
    },
};
