import { matches } from '../regex/matches.ts';
import { type Gap, gap, show, showList, unmet, witnesses } from './gap.ts';
import {
  findString,
  type Found,
  isDecidable,
  type StringTest,
  testKey,
} from '../regex/language.ts';
import { MAX_LENGTH, sampleShape } from '../sample/sample.ts';
import { seeded } from '../sample/choices.ts';
import { type StringShape, stringTests } from '../shapes/shapes.ts';

/** Is every string of `from` one of some shape in `to`? */
export function stringGaps(from: StringShape, to: readonly StringShape[]): Gap[] {
  const usable = to.filter((shape) => isUsable(from, shape));
  const found = findOutside(from, usable);
  if (found.kind === 'none') return [];
  // Where formats or other conditions decide, the automata say nothing: try some strings too.
  const tries = usable.length === to.length && found.kind === 'found' ? 0 : 12;
  const make = () => [
    ...(found.kind === 'found' ? [found.value] : []),
    ...Array.from({ length: tries }, (_, seed) => sampleShape(from, seeded(seed))),
  ];
  const closest = usable[0] ?? (to[0] as StringShape);
  return [{ ...explain(from, closest, to, found), witnesses: witnesses(make) }];
}

/** Can automata show that `from` lies in `shape`? */
function isUsable(from: StringShape, shape: StringShape): boolean {
  return (
    unmet(from, shape).length === 0 &&
    shape.formats.every((format) => from.formats.includes(format)) &&
    shape.patterns.every(
      (source) => from.patterns.includes(source) || isDecidable({ kind: 'pattern', source }),
    )
  );
}

/** A string of `from` that no shape of `to` accepts. */
function findOutside(from: StringShape, to: readonly StringShape[]): Found {
  if (from.values) {
    const outside = from.values.find((value) => !to.some((shape) => isInside(value, shape)));
    return outside === undefined ? { kind: 'none' } : { kind: 'found', value: outside };
  }
  const own = stringTests(from).filter(isDecidable);
  const known = new Set(stringTests(from).map(testKey));
  const others = to.map((shape) =>
    stringTests(shape).filter((test) => !known.has(testKey(test)) && !isImpliedLength(from, test)),
  );
  if (others.some((tests) => tests.length === 0)) return { kind: 'none' };
  const [only, ...more] = others;
  // One shape is left by failing one test: each by itself needs a smaller search.
  if (only !== undefined && more.length === 0) return findFailing(own, only);
  const tests = [...own, ...others.flat()];
  return find(tests, own.length, (holds) => {
    let at = own.length;
    return others.every((list) => {
      const inside = holds.slice(at, (at += list.length)).every(Boolean);
      return !inside;
    });
  });
}

/** A string that passes all tests of `own` and fails one of `others`. */
function findFailing(own: readonly StringTest[], others: readonly StringTest[]): Found {
  let result: Found = { kind: 'none' };
  for (const other of others) {
    const found = find([...own, other], own.length, (holds) => holds.at(-1) === false);
    if (found.kind === 'found') return found;
    if (found.kind === 'undecided') result = found;
  }
  return result;
}

/** @param needed so many of the first tests must hold */
function find(
  tests: readonly StringTest[],
  needed: number,
  wanted: (holds: readonly boolean[]) => boolean,
): Found {
  const all = (holds: readonly boolean[]) => holds.slice(0, needed).every(Boolean) && wanted(holds);
  if (tests.every((test) => test.kind === 'length')) return findLength(tests, all);
  return findString(tests, all, needed);
}

/** Lengths alone need no automaton, and no string that is longer than any that could be sent. */
function findLength(
  tests: readonly Extract<StringTest, { kind: 'length' }>[],
  outside: (holds: readonly boolean[]) => boolean,
): Found {
  const ends = tests.flatMap(({ min, max }) => [min, max + 1]).filter(Number.isFinite);
  const length = [0, ...ends]
    .sort((a, b) => a - b)
    .find((each) => outside(tests.map(({ min, max }) => min <= each && each <= max)));
  if (length === undefined) return { kind: 'none' };
  return length > MAX_LENGTH ? { kind: 'undecided' } : { kind: 'found', value: 'a'.repeat(length) };
}

function isImpliedLength(from: StringShape, test: StringTest): boolean {
  return test.kind === 'length' && test.min <= from.minLength && from.maxLength <= test.max;
}

function isInside(value: string, shape: StringShape): boolean {
  const { length } = [...value];
  return (
    shape.minLength <= length &&
    length <= shape.maxLength &&
    (shape.values?.includes(value) ?? true) &&
    shape.patterns.every((source) => matches(source, value))
  );
}

function explain(
  from: StringShape,
  to: StringShape,
  all: readonly StringShape[],
  found: Found,
): Gap {
  const value = found.kind === 'found' ? found.value : undefined;
  if (to.values && all.every((shape) => shape.values)) {
    const values = all.flatMap((shape) => shape.values ?? []);
    const sent = from.values ? show(value ?? from.values[0]) : describe(from);
    const rule = values.length === 1 && to.from === 'const' ? 'const' : 'enum';
    return gap(rule, sent, `one of ${showList(values)}`);
  }
  return gap(failingRule(from, to, value), describe(from), all.map(describe).join(' or '));
}

function failingRule(from: StringShape, to: StringShape, value: string | undefined): string {
  if (value !== undefined) {
    const { length } = [...value];
    if (length < to.minLength) return 'minLength';
    if (length > to.maxLength) return 'maxLength';
    if (to.patterns.some((source) => !matches(source, value))) return 'pattern';
    if (to.values && !to.values.includes(value)) return 'enum';
  }
  if (from.minLength < to.minLength) return 'minLength';
  if (from.maxLength > to.maxLength) return 'maxLength';
  if (to.formats.some((format) => !from.formats.includes(format))) return 'format';
  const [opaque] = unmet(from, to);
  return opaque?.keyword ?? 'pattern';
}

function describe(shape: StringShape): string {
  if (shape.values) return showList(shape.values);
  const words = ['a string'];
  const { minLength, maxLength } = shape;
  if (minLength > 0 && maxLength === minLength) words.push(`of ${minLength} characters`);
  else if (minLength > 0 && maxLength < Infinity) {
    words.push(`of ${minLength} to ${maxLength} characters`);
  } else if (minLength > 0) words.push(`of ${minLength} or more characters`);
  else if (maxLength < Infinity) words.push(`of at most ${maxLength} characters`);
  for (const format of shape.formats) words.push(`in the format ${format}`);
  for (const source of shape.patterns) words.push(`that matches ${source}`);
  return words.join(' ');
}
