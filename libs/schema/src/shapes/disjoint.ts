import { findString, isDecidable, type StringTest, testKey } from '../regex/language.ts';
import { cacheOf, spend } from '../work.ts';
import { intersect } from './intersect.ts';
import { fieldNode, itemNode, type Node, type Shape, shapeKey, stringTests } from './shapes.ts';

/** Levels of fields that are looked into for a discriminator. */
const MAX_DEPTH = 3;

/** A greatest length above it is seldom too small for a pattern; that is not looked into. */
const MAX_CONFLICT = 64;

/** What emptiness asks of the expansion of schemas, which asks it back for `oneOf`. */
interface Expansion {
  readonly shapesOf: (node: Node) => readonly Shape[];
  /** How often a reference led back to where it is being expanded. */
  readonly circlesMet: () => number;
}

export function emptiness({ shapesOf, circlesMet }: Expansion) {
  return { areDisjoint, isEmpty, isEmptyShape };

  /** Is there surely no value that both accept? False also when it is not known. */
  function areDisjoint(a: Shape, b: Shape): boolean {
    if (a.kind !== b.kind) return true;
    return remember(areDisjoint, `${shapeKey(a)} ${shapeKey(b)}`, () => {
      const both = intersect(a, b);
      return both === undefined || isEmptyShape(both);
    });
  }

  /** Does the node surely accept nothing? False also when it is not known. */
  function isEmpty(node: Node, depth = MAX_DEPTH): boolean {
    if (node.parts.length === 0 && node.fixed.length === 0) return false;
    return remember(isEmpty, `${depth} ${node.meaning}`, () =>
      shapesOf(node).every((shape) => isEmptyShape(shape, depth)),
    );
  }

  /** As `isEmpty`, of one alternative: near fields first, since a discriminator is a near one. */
  function isEmptyShape(shape: Shape, depth = MAX_DEPTH): boolean {
    if (shape.kind !== 'object' && shape.kind !== 'array') return isEmptyAt(shape, 0);
    for (let levels = 1; levels <= depth; levels++) if (isEmptyAt(shape, levels)) return true;
    return false;
  }

  function isEmptyAt(shape: Shape, depth: number): boolean {
    spend();
    if (shape.kind === 'string') {
      // Single values were held against the other conditions when they met.
      const isPlain = shape.patterns.length < 2 && shape.maxLength > MAX_CONFLICT;
      if (shape.values || isPlain) return false;
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

  function isEmptyLanguage(tests: readonly StringTest[]): boolean {
    return remember(isEmptyLanguage, tests.map(testKey).join(), () => {
      const found = findString(tests, (holds) => holds.every(Boolean), tests.length);
      return found.kind === 'none';
    });
  }

  /** Answers once, but for what relies on a reference that is still being expanded. */
  function remember(owner: object, key: string, answer: () => boolean): boolean {
    const cache = cacheOf<string, boolean>(owner);
    const known = cache.get(key);
    if (known !== undefined) return known;
    const before = circlesMet();
    const result = answer();
    if (circlesMet() === before) cache.set(key, result);
    return result;
  }
}
