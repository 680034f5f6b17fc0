import type { SortTerm } from '../ast.ts';
import type { Budget } from './budget.ts';
import { fail } from './failure.ts';
import { Frame, type Tuple } from './frame.ts';
import type { Run } from './run.ts';
import { isArray, type Sequence } from './values.ts';

/** `^(a, >b)`: orders the items by the terms, the first that differs decides. */
export function sortSteps(
  terms: readonly SortTerm[],
  items: unknown[],
  frame: Frame,
  run: Run,
): Sequence {
  const tuples = isArray(items) && items.tupleStream === true;
  const value = (term: SortTerm, item: unknown): unknown =>
    tuples
      ? run.evaluate(term.expression, (item as Tuple)['@'], Frame.of(item as Tuple, frame))
      : run.evaluate(term.expression, item, frame);
  return mergeSort(items, run.budget, (a, b) => {
    for (const term of terms) {
      const order = compareTerms(value(term, a), value(term, b), term.descending === true);
      if (order !== 0) return order > 0;
    }
    return false;
  });
}

/** Nothing comes last, in either direction. */
function compareTerms(a: unknown, b: unknown, descending: boolean): number {
  if (a === undefined) return b === undefined ? 0 : 1;
  if (b === undefined) return -1;
  if (!sortable(a) || !sortable(b)) fail('T2008', { value: sortable(a) ? b : a });
  if (typeof a !== typeof b) fail('T2007', { value: a, value2: b });
  if (a === b) return 0;
  return (a as number) < (b as number) !== descending ? -1 : 1;
}

function sortable(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/**
 * Stable. A comparator of the expression's own need not be consistent, and is asked for the same
 * pairs as jsonata's own merge sort asks it.
 * @param after whether the first comes after the second
 */
export function mergeSort(
  items: readonly unknown[],
  budget: Budget,
  after: (a: unknown, b: unknown) => boolean,
): Sequence {
  if (items.length <= 1) return items as Sequence;
  budget.hold(items.length * 8);
  return sortPart(items, after);
}

function sortPart(
  items: readonly unknown[],
  after: (a: unknown, b: unknown) => boolean,
): unknown[] {
  if (items.length <= 1) return [...items];
  const middle = Math.floor(items.length / 2);
  const left = sortPart(items.slice(0, middle), after);
  const right = sortPart(items.slice(middle), after);
  const merged: unknown[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length) {
    merged.push(after(left[l], right[r]) ? right[r++] : left[l++]);
  }
  for (; l < left.length; l++) merged.push(left[l]);
  for (; r < right.length; r++) merged.push(right[r]);
  return merged;
}
