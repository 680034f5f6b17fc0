import { setOwn } from '../../own.ts';
import type { Grouping } from '../ast.ts';
import { fail } from './failure.ts';
import { Frame, type Tuple } from './frame.ts';
import type { Run } from './run.ts';
import { append, isArray, sequence, type Sequence } from './values.ts';

interface Group {
  data: unknown;
  readonly pair: number;
}

/** `{ key: value, … }`: groups the items by key and evaluates the value for each group. */
export function evaluateGroup(
  node: Grouping,
  input: unknown,
  frame: Frame,
  run: Run,
): Record<string, unknown> {
  const tuples = isArray(input) && input.tupleStream === true;
  let items: Sequence = isArray(input) ? input : sequence(input);
  // With nothing to group, one group of nothing: a constructor makes its object all the same.
  if (items.length === 0) items = sequence(undefined);
  const groups = collectGroups(node, items, tuples, frame, run);
  run.budget.hold(64 * (groups.size + 1));
  const result: Record<string, unknown> = {};
  for (const [key, { data, pair }] of groups) {
    let context = data;
    let inner = frame;
    if (tuples) {
      const { '@': item, ...bound } = reduceTuples(data, run);
      context = item;
      inner = Frame.of(bound, frame);
    }
    const value = run.evaluate((node.lhs[pair] as Grouping['lhs'][number])[1], context, inner);
    if (value !== undefined) setOwn(result, key, value);
  }
  return result;
}

function collectGroups(
  node: Grouping,
  items: Sequence,
  tuples: boolean,
  frame: Frame,
  run: Run,
): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const item of items) {
    const inner = tuples ? Frame.of(item as Tuple, frame) : frame;
    for (const [pair, [keyNode]] of node.lhs.entries()) {
      const key = run.evaluate(keyNode, tuples ? (item as Tuple)['@'] : item, inner);
      if (key === undefined) continue;
      if (typeof key !== 'string') return fail('T1003', { value: key });
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { data: item, pair });
      else if (group.pair !== pair) fail('D1009', { value: key });
      else group.data = grow(group.data, item);
    }
  }
  return groups;
}

/** Appends in place what `append` would copy each time. */
function grow(data: unknown, item: unknown): unknown {
  if (data === undefined) return item;
  if (item === undefined) return data;
  const grown = isArray(data) ? (data as Grown) : undefined;
  if (grown?.[ownArray] === true) {
    if (isArray(item)) for (const value of item) grown.push(value);
    else grown.push(item);
    return grown;
  }
  const made: Grown = (isArray(data) ? [...data] : [data]).concat(isArray(item) ? item : [item]);
  Object.defineProperty(made, ownArray, { value: true });
  return made;
}

const ownArray = Symbol('grown here');

type Grown = unknown[] & { [ownArray]?: true };

/** One tuple of many: each name is bound to what all of them bind it to. */
function reduceTuples(data: unknown, run: Run): Tuple {
  if (!isArray(data)) return data as Tuple;
  const result = Object.assign(Object.create(null) as Tuple, data[0]);
  for (const tuple of data.slice(1) as Tuple[]) {
    for (const [name, value] of Object.entries(tuple)) {
      result[name] = append(result[name], value, run.budget);
    }
  }
  return result;
}
