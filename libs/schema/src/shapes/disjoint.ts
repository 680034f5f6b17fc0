import { shapesOf } from './expand.ts';
import { intersect } from './intersect.ts';
import { findString, isDecidable, type StringTest, testKey } from '../regex/language.ts';
import { fieldNode, itemNode, type Node, type Shape, stringTests } from './shapes.ts';

/** Levels of fields that are looked into for a discriminator. */
const MAX_DEPTH = 3;

/** Is there surely no value that both accept? False also when it is not known. */
export function areDisjoint(a: Shape, b: Shape, depth = MAX_DEPTH): boolean {
  if (a.kind !== b.kind) return true;
  const both = intersect(a, b);
  return both === undefined || isEmptyShape(both, depth);
}

/** Does the node surely accept nothing? False also when it is not known. */
export function isEmpty(node: Node, depth = MAX_DEPTH): boolean {
  if (node.parts.length === 0 && node.fixed.length === 0) return false;
  return shapesOf(node).every((shape) => isEmptyShape(shape, depth));
}

/** As `isEmpty`, of one alternative. */
export function isEmptyShape(shape: Shape, depth = MAX_DEPTH): boolean {
  if (shape.kind === 'string') {
    // Single values were held against the other conditions when they met.
    if (shape.values || (shape.patterns.length < 2 && shape.maxLength === Infinity)) return false;
    return isEmptyLanguage(stringTests(shape).filter(isDecidable));
  }
  if (depth === 0) return false;
  if (shape.kind === 'object') {
    return [...shape.required].some((name) => isEmpty(fieldNode(shape, name), depth - 1));
  }
  if (shape.kind === 'array') {
    const count = Math.min(shape.minItems, shape.prefix.length + 1);
    return Array.from({ length: count }, (_, index) => itemNode(shape, index)).some((item) =>
      isEmpty(item, depth - 1),
    );
  }
  return false;
}

const emptiness = new Map<string, boolean>();

function isEmptyLanguage(tests: readonly StringTest[]): boolean {
  const key = tests.map(testKey).join();
  let known = emptiness.get(key);
  if (known === undefined) {
    known = findString(tests, (holds) => holds.every(Boolean)).kind === 'none';
    emptiness.set(key, known);
  }
  return known;
}
