import type { JsonataNode, Stage } from '../ast.ts';
import { Frame, tupleOf, type Tuple } from './frame.ts';
import { evaluateGroup } from './group.ts';
import type { Run } from './run.ts';
import { sortSteps } from './sort.ts';
import { isArray, isNumbers, isNumeric, isSequence, sequence, toBoolean } from './values.ts';
import type { Sequence } from './values.ts';

/** `a.b[c].d`: each step is evaluated for each item that the one before gave. */
export function evaluatePath(node: JsonataNode, input: unknown, frame: Frame, run: Run): unknown {
  const steps = node.steps as JsonataNode[];
  let items: unknown[] = isArray(input) && steps[0]?.type !== 'variable' ? input : sequence(input);
  let result: unknown;
  let tuples: Sequence | undefined;
  let bindsNames = false;
  for (const [index, step] of steps.entries()) {
    bindsNames ||= step.tuple === true;
    if (index === 0 && step.consarray === true) {
      result = run.evaluate(step, items, frame);
    } else if (bindsNames) {
      tuples = evaluateTupleStep(step, items, tuples, frame, run);
    } else {
      result = evaluateStep(step, items, frame, run, index === steps.length - 1);
    }
    if (!bindsNames && (result === undefined || (isArray(result) && result.length === 0))) break;
    if (step.focus === undefined && !bindsNames) items = itemsIn(result);
  }
  if (bindsNames) {
    result = node.tuple === true ? tuples : sequence(...itemsOf(tuples));
  }
  if (node.keepSingletonArray === true && isArray(result)) {
    if (result.cons === true && result.sequence !== true) result = sequence(result);
    (result as Sequence).keepSingleton = true;
  }
  return node.group === undefined
    ? result
    : evaluateGroup(node.group, bindsNames ? tuples : result, frame, run);
}

/** A first step's predicate can leave a single value: a text counts as its characters. */
function itemsIn(result: unknown): unknown[] {
  if (isArray(result)) return result;
  return typeof result === 'string' ? result.split('') : [];
}

function itemsOf(tuples: Sequence | undefined): unknown[] {
  return (tuples ?? []).map((tuple) => (tuple as Tuple)['@']);
}

function evaluateStep(
  step: JsonataNode,
  items: unknown[],
  frame: Frame,
  run: Run,
  last: boolean,
): unknown[] {
  if (step.type === 'sort') {
    const sorted = sortSteps(step.terms ?? [], items, frame, run);
    return step.stages === undefined ? sorted : evaluateStages(step.stages, sorted, frame, run);
  }
  const results: unknown[] = [];
  for (const item of items) {
    let value = run.evaluate(step, item, frame);
    for (const stage of step.stages ?? []) value = filter(stage.expr, value, frame, run);
    if (value !== undefined) results.push(value);
  }
  const [only] = results;
  if (last && results.length === 1 && isArray(only) && !isSequence(only)) return only;
  const flat = sequence();
  let length = 0;
  for (const value of results) length += isArray(value) ? value.length : 1;
  run.budget.hold(length * 8);
  for (const value of results) {
    if (!isArray(value) || value.cons === true) flat.push(value);
    else for (const item of value) flat.push(item);
  }
  return flat;
}

function evaluateStages(
  stages: readonly Stage[],
  items: Sequence,
  frame: Frame,
  run: Run,
): Sequence {
  let result = items;
  for (const stage of stages) {
    if (stage.type === 'filter') {
      result = filter(stage.expr, result, frame, run) as Sequence;
    } else {
      for (const [position, tuple] of result.entries()) {
        // Only tuples have no prototype: data is never written to.
        if (Object.getPrototypeOf(tuple) === null) (tuple as Tuple)[stage.value] = position;
      }
    }
  }
  return result;
}

/** A step of a path that binds names on its way: its results carry their bindings along. */
function evaluateTupleStep(
  step: JsonataNode,
  items: unknown[],
  before: Sequence | undefined,
  frame: Frame,
  run: Run,
): Sequence {
  let result: Sequence;
  if (step.type === 'sort') {
    if (before !== undefined) {
      result = sortSteps(step.terms ?? [], before, frame, run);
    } else {
      const sorted = sortSteps(step.terms ?? [], items, frame, run);
      result = tupleStream();
      for (const [position, item] of sorted.entries()) {
        const tuple = tupleOf(item);
        if (step.index !== undefined) tuple[step.index] = position;
        result.push(tuple);
      }
    }
  } else {
    result = tupleStream();
    const tuples = (before ?? items.map((item) => tupleOf(item))) as Tuple[];
    for (const tuple of tuples) bindTuples(step, tuple, result, frame, run);
  }
  return step.stages === undefined ? result : evaluateStages(step.stages, result, frame, run);
}

function bindTuples(step: JsonataNode, tuple: Tuple, into: Sequence, frame: Frame, run: Run): void {
  const value = run.evaluate(step, tuple['@'], Frame.of(tuple, frame));
  if (value === undefined) return;
  const values: Sequence = isArray(value) ? value : [value];
  run.budget.hold(values.length * 64);
  for (const [position, item] of values.entries()) {
    const next = tupleOf(tuple['@'], tuple);
    if (values.tupleStream === true) {
      Object.assign(next, item);
    } else {
      if (step.focus !== undefined) next[step.focus] = item;
      else next['@'] = item;
      if (step.index !== undefined) next[step.index] = position;
      if (step.ancestor !== undefined) next[step.ancestor.label] = tuple['@'];
    }
    into.push(next);
  }
}

function tupleStream(): Sequence {
  const made = sequence();
  made.tupleStream = true;
  return made;
}

/** A predicate: positions, or what an item must be. */
export function filter(predicate: JsonataNode, input: unknown, frame: Frame, run: Run): unknown {
  const items: Sequence = isArray(input) ? input : sequence(input);
  const results = sequence();
  if (isArray(input) && input.tupleStream === true) results.tupleStream = true;
  if (predicate.type === 'number') {
    const item = items[at(predicate.value as number, items.length)];
    if (isArray(item)) return item;
    if (item !== undefined) results.push(item);
    return results;
  }
  for (const [index, item] of items.entries()) {
    const inner = items.tupleStream === true ? Frame.of(item as Tuple, frame) : frame;
    const context = items.tupleStream === true ? (item as Tuple)['@'] : item;
    const value = run.evaluate(predicate, context, inner);
    const positions = isNumeric(value) ? [value] : value;
    if (isNumbers(positions)) {
      run.budget.spend(positions.length);
      for (const position of positions) {
        if (at(position, items.length) === index) results.push(item);
      }
    } else if (toBoolean(positions, run.budget) === true) {
      results.push(item);
    }
  }
  return results;
}

/** Positions are rounded down and count from the end where negative. */
function at(position: number, length: number): number {
  const index = Math.floor(position);
  return index < 0 ? length + index : index;
}
