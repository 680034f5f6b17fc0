import { matches } from '../regex/matches.ts';
import type { Json } from '../json.ts';
import { canonicalJson } from '../canonical.ts';
import { type Choices, SIMPLEST } from './choices.ts';
import { isEmpty, shapesOf } from '../shapes/expand.ts';
import { FORMAT_SAMPLES } from '../shapes/formats.ts';
import { numbersIn } from './numbers-in.ts';
import { cacheOf, spend } from '../work.ts';
import { isDecidable, type StringTest, testKey } from '../regex/language.ts';
import { StringSampler } from './string-sampler.ts';
import {
  type ArrayShape,
  fieldNames,
  fieldNode,
  itemNode,
  type Node,
  type ObjectShape,
  type Shape,
  type StringShape,
  stringTests,
} from '../shapes/shapes.ts';

/** Levels below which every choice is the simplest one. */
const FREE_DEPTH = 5;
/** Levels below which a value is given up. */
const MAX_DEPTH = 24;
/** Characters, items and fields of what is made: Step Functions takes no value over 256 KiB. */
export const MAX_LENGTH = 100_000;
export const MAX_ITEMS = 2_000;

/**
 * A value of `node`, by these choices. Conditions that the shapes do not express may not hold: check
 * before use. Undefined where none was found.
 */
export function sample(node: Node, choices: Choices = SIMPLEST, depth = 0): Json | undefined {
  spend();
  if (depth > MAX_DEPTH) return undefined;
  const source = depth > FREE_DEPTH ? SIMPLEST : choices;
  const shapes = [...shapesOf(node)].sort((a, b) => height(a) - height(b));
  const first = source.choose(shapes.length);
  for (let offset = 0; offset < shapes.length; offset++) {
    const shape = shapes[(first + offset) % shapes.length] as Shape;
    const value = sampleShape(shape, source, depth);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** As `sample`, of one alternative. */
export function sampleShape(
  shape: Shape,
  choices: Choices = SIMPLEST,
  depth = 0,
): Json | undefined {
  switch (shape.kind) {
    case 'null':
      return null;
    case 'boolean':
      return shape.values[choices.choose(shape.values.length)];
    case 'number': {
      const values = numbersIn(shape);
      return values[choices.choose(values.length)];
    }
    case 'string':
      return sampleString(shape, choices);
    case 'array':
      return sampleArray(shape, choices, depth);
    case 'object':
      return sampleObject(shape, choices, depth);
  }
}

function sampleString(shape: StringShape, choices: Choices): string | undefined {
  if (shape.values) return shape.values[choices.choose(shape.values.length)];
  if (shape.minLength > MAX_LENGTH) return undefined;
  const tests = stringTests(shape);
  const fits = (value: string) => {
    const { length } = [...value];
    return (
      shape.minLength <= length &&
      length <= shape.maxLength &&
      shape.patterns.every((source) => matches(source, value))
    );
  };
  const known = shape.formats.flatMap((format) => FORMAT_SAMPLES[format] ?? []).filter(fits);
  if (known.length > 0) return known[choices.choose(known.length)];
  const decidable = tests.filter(isDecidable);
  if (decidable.length === 0 || shape.patterns.length === 0) {
    const room = Math.min(shape.maxLength - shape.minLength, 12);
    const length = shape.minLength + (room > 0 ? choices.choose(room + 1) : 0);
    let text = '';
    const free = Math.min(length, MAX_FREE);
    for (let index = 0; index < free; index++) text += LETTERS[choices.choose(LETTERS.length)];
    return text + 'a'.repeat(length - free);
  }
  // A greatest length would be counted character by character: short strings are made anyway.
  const sampler = samplerOf(
    decidable.map((test) => (test.kind === 'length' ? { ...test, max: Infinity } : test)),
  );
  const text = sampler.sample(choices);
  return text === undefined || [...text].length > shape.maxLength ? undefined : text;
}

function samplerOf(tests: readonly StringTest[]): StringSampler {
  const samplers = cacheOf<string, StringSampler>(samplerOf);
  const key = tests.map(testKey).join();
  let sampler = samplers.get(key);
  if (!sampler) samplers.set(key, (sampler = new StringSampler(tests)));
  return sampler;
}

/** Characters that are chosen; what is longer ends in the simplest one. */
const MAX_FREE = 64;
const LETTERS = [...'abz09 -_.:/é€"\\{%$'];

function sampleArray(shape: ArrayShape, choices: Choices, depth: number): Json | undefined {
  if (shape.minItems > MAX_ITEMS) return undefined;
  const room = Math.min(shape.maxItems - shape.minItems, 3);
  const length = shape.minItems + (room > 0 ? choices.choose(room + 1) : 0);
  const items: Json[] = [];
  const seen = new Set<string>();
  // A unique item may need several tries; a number of them that is no use is the loop's end.
  for (let tries = 0; items.length < length && tries < length * 4 + 8; tries++) {
    const source = shape.unique && tries > length ? counting(tries) : choices;
    const item = sample(itemNode(shape, items.length), source, depth + 1);
    if (item === undefined) break;
    const text = canonicalJson(item);
    if (shape.unique && seen.has(text)) continue;
    seen.add(text);
    items.push(item);
  }
  return items.length >= shape.minItems ? items : undefined;
}

function counting(start: number): Choices {
  let next = start;
  return { choose: (count) => next++ % count };
}

function sampleObject(shape: ObjectShape, choices: Choices, depth: number): Json | undefined {
  if (shape.minProperties > MAX_ITEMS) return undefined;
  const result: { [key: string]: Json } = {};
  const put = (name: string): boolean => {
    const value = sample(fieldNode(shape, name), choices, depth + 1);
    if (value === undefined || !mayBeNamed(shape, name)) return false;
    Object.defineProperty(result, name, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
    return true;
  };
  for (const name of shape.required) if (!put(name)) return undefined;
  const optional = fieldNames(shape).filter((name) => !shape.required.has(name));
  const count = () => Object.keys(result).length;
  for (const name of optional) {
    if (count() < shape.maxProperties && choices.choose(2) === 1) put(name);
  }
  for (const name of optional) if (count() < shape.minProperties && !(name in result)) put(name);
  if (count() < shape.minProperties || (count() < shape.maxProperties && choices.choose(6) === 5)) {
    for (const name of freshNames(shape)) {
      put(name);
      if (count() >= shape.minProperties) break;
    }
  }
  return count() >= shape.minProperties ? result : undefined;
}

/** Names for fields that `shape` does not name itself. */
export function freshNames(shape: ObjectShape, avoid: readonly string[] = []): string[] {
  const taken = new Set([...fieldNames(shape), ...avoid]);
  const names = ['other', 'more', 'x', 'y', 'z'];
  for (const node of shape.names) {
    for (let seed = 0; seed < 12; seed++) {
      const name = sample(node, counting(seed));
      if (typeof name === 'string') names.unshift(name);
    }
  }
  for (const { patterns } of shape.facets) {
    for (const [source] of patterns) {
      const name = isDecidable({ kind: 'pattern', source })
        ? samplerOf([{ kind: 'pattern', source }]).sample(SIMPLEST)
        : undefined;
      if (name !== undefined) names.push(name);
    }
  }
  return [...new Set(names)].filter((name) => !taken.has(name) && mayBeNamed(shape, name));
}

/** Do the schema's `propertyNames` accept this name? */
export function mayBeNamed(shape: ObjectShape, name: string): boolean {
  return shape.names.every((node) =>
    shapesOf(node).some(
      (option) =>
        option.kind === 'string' &&
        (!option.values || option.values.includes(name)) &&
        option.patterns.every((source) => matches(source, name)) &&
        option.minLength <= [...name].length &&
        [...name].length <= option.maxLength,
    ),
  );
}

/** Levels of the flattest value of an alternative; the order in which alternatives are tried. */
function height(shape: Shape, running: ReadonlySet<string> = new Set()): number {
  switch (shape.kind) {
    case 'null':
      return 0;
    case 'array': {
      if (shape.minItems === 0) return 2.5;
      return 2.5 + nodeHeight(itemNode(shape, 0), running);
    }
    case 'object': {
      const fields = [...shape.required].map((name) => nodeHeight(fieldNode(shape, name), running));
      return 2.6 + Math.max(0, ...fields);
    }
    default:
      return 1;
  }
}

function nodeHeight(node: Node, running: ReadonlySet<string>): number {
  const heights = cacheOf<string, number>(nodeHeight);
  const known = heights.get(node.meaning);
  if (known !== undefined) return known;
  if (running.has(node.meaning)) return Infinity;
  spend();
  if (isEmpty(node, 1)) return Infinity;
  const inside = new Set([...running, node.meaning]);
  const result = Math.min(...shapesOf(node).map((shape) => height(shape, inside)));
  // Inside itself a node is never the flattest way: what was found without that way holds always.
  if (running.size === 0 || result < Infinity) heights.set(node.meaning, result);
  return result;
}
