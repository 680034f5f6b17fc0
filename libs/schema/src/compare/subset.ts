import { seeded, SIMPLEST } from '../sample/choices.ts';
import { isEmpty, isEmptyShape } from '../shapes/disjoint.ts';
import { constantShape } from '../shapes/constants.ts';
import { shapesOf } from '../shapes/expand.ts';
import { type Gap, gap, show, unmet } from './gap.ts';
import { sampleShape } from '../sample/sample.ts';
import {
  ANYTHING,
  type ArrayShape,
  fieldNames,
  fieldNode,
  Node,
  type ObjectShape,
  type Shape,
} from '../shapes/shapes.ts';
import { arrayGaps } from './subset-arrays.ts';
import { numberGaps } from './subset-numbers.ts';
import { objectGaps, type Undeclared } from './subset-objects.ts';
import { stringGaps } from './subset-strings.ts';

/** Pieces into which one alternative is cut when no single alternative of the other side holds it. */
const MAX_PIECES = 64;
const MAX_SPLITS = 3;

/**
 * Looks for values of one node that another does not accept. No gaps means that there are none:
 * each step only ever assumes what it has still to show of smaller values (a pair of nodes that is
 * met again inside itself), and values are finite.
 */
export class Subset {
  readonly #undeclared: Undeclared;
  readonly #running = new Map<string, number>();
  readonly #known = new Map<string, readonly Gap[]>();
  /** The outermost running pair that an answer relies on; its depth, or Infinity for none. */
  #relied = Infinity;

  constructor(undeclared: Undeclared) {
    this.#undeclared = undeclared;
  }

  readonly gaps = (from: Node, to: Node): readonly Gap[] => {
    if (to.parts.length === 0 && to.fixed.length === 0) return [];
    if (this.#undeclared === 'sent' && from.meaning === to.meaning) return [];
    const key = `${from.meaning} ⊆ ${to.meaning}`;
    const known = this.#known.get(key);
    if (known) return known;
    const running = this.#running.get(key);
    if (running !== undefined) {
      this.#relied = Math.min(this.#relied, running);
      return [];
    }
    const depth = this.#running.size;
    const before = this.#relied;
    this.#relied = Infinity;
    this.#running.set(key, depth);
    try {
      const gaps = shapesOf(from).flatMap((shape) => this.#shapeGaps(shape, shapesOf(to), 0));
      const result = merge(gaps);
      // An answer that relies on a pair still running holds only together with that pair's.
      if (this.#relied >= depth || result.length > 0) this.#known.set(key, result);
      return result;
    } finally {
      this.#running.delete(key);
      this.#relied = Math.min(before, this.#relied >= depth ? Infinity : this.#relied);
    }
  };

  #shapeGaps(from: Shape, all: readonly Shape[], splits: number): Gap[] {
    if (isEmptyShape(from)) return [];
    const to = all.filter((shape) => shape.kind === from.kind);
    const first = to[0];
    if (!first) {
      const kinds = [...new Set(all.map(kindName))];
      const accepted = kinds.length === 0 ? 'nothing' : kinds.join(' or ');
      return [gap('type', kindName(from), accepted, [sampleShape(from)])];
    }
    switch (from.kind) {
      case 'number':
        return numberGaps(from, to as (typeof from)[]);
      case 'string':
        return stringGaps(from, to as (typeof from)[]);
      case 'boolean':
        return booleanGaps(from, to as (typeof from)[]);
      case 'null': {
        const open = to.every((shape) => unmet(from, shape).length > 0);
        return open
          ? [gap(unmet(from, first)[0]?.keyword ?? 'type', 'null', 'a condition', [null])]
          : [];
      }
      case 'array':
        return this.#compoundGaps(from, to, all, splits, (shape) =>
          arrayGaps(from, shape as ArrayShape, this.gaps),
        );
      case 'object':
        return this.#compoundGaps(from, to, all, splits, (shape) =>
          objectGaps(from, shape as ObjectShape, {
            compare: this.gaps,
            undeclared: this.#undeclared,
          }),
        );
    }
  }

  /** One alternative that holds them all; or else each piece in some alternative. */
  #compoundGaps(
    from: ArrayShape | ObjectShape,
    to: readonly Shape[],
    all: readonly Shape[],
    splits: number,
    gapsTo: (shape: Shape) => Gap[],
  ): Gap[] {
    const attempts: Gap[][] = [];
    for (const shape of to) {
      const gaps = gapsTo(shape);
      if (gaps.length === 0) return [];
      attempts.push(gaps);
    }
    if (to.length > 1 && splits < MAX_SPLITS) {
      const pieces =
        from.kind === 'object' ? splitObject(from, to as ObjectShape[]) : splitArray(from);
      if (pieces) return merge(pieces.flatMap((piece) => this.#shapeGaps(piece, all, splits + 1)));
    }
    const best = attempts.reduce((a, b) => (rank(b) < rank(a) ? b : a));
    if (attempts.length === 1) return best;
    // A value that the closest alternative refuses may be one of another's: offer more to check.
    const more = [SIMPLEST, ...[1, 2, 3, 4, 5, 6, 7, 8].map(seeded)].flatMap((choices) => {
      const value = sampleShape(from, choices);
      return value === undefined ? [] : [value];
    });
    const others = attempts.flat().flatMap(({ witnesses }) => witnesses);
    return best.map((found) => ({ ...found, witnesses: [...found.witnesses, ...others, ...more] }));
  }
}

/** Alternatives whose fixed fields do not fit are poor explanations. */
function rank(gaps: readonly Gap[]): number {
  const fixed = gaps.filter(({ rule }) => rule === 'const' || rule === 'enum').length;
  return gaps.length + 10 * fixed;
}

function booleanGaps(
  from: Extract<Shape, { kind: 'boolean' }>,
  to: readonly Extract<Shape, { kind: 'boolean' }>[],
): Gap[] {
  const usable = to.filter((shape) => unmet(from, shape).length === 0);
  const outside = from.values.filter(
    (value) => !usable.some((shape) => shape.values.includes(value)),
  );
  if (outside.length === 0) return [];
  const accepted = to.flatMap((shape) => shape.values).map(show);
  return [gap('const', outside.map(show).join(' or '), accepted.join(' or '), outside)];
}

/**
 * Cuts an object by the alternatives of one of its fields (a discriminator, an optional field, a
 * field of two types), one on which the other side's alternatives differ.
 */
function splitObject(from: ObjectShape, to: readonly ObjectShape[]): Shape[] | undefined {
  for (const name of fieldNames(from)) {
    const accepted = new Set(to.map((shape) => fieldNode(shape, name).meaning));
    const presence = new Set(to.map((shape) => shape.required.has(name)));
    if (accepted.size === 1 && presence.size === 1) continue;
    const options = atoms(fieldNode(from, name));
    const optional = !from.required.has(name);
    if (!options || options.length + (optional ? 1 : 0) < 2 || options.length > MAX_PIECES)
      continue;
    const pieces: Shape[] = options.map((option) => restrict(from, name, option, true));
    return optional ? [...pieces, restrict(from, name, undefined, false)] : pieces;
  }
  return undefined;
}

function restrict(
  from: ObjectShape,
  name: string,
  option: Shape | undefined,
  present: boolean,
): ObjectShape {
  const node = new Node([], [option ? [option] : []]);
  const facet = { properties: new Map([[name, node]]), patterns: [], additional: ANYTHING };
  return {
    ...from,
    required: present ? new Set([...from.required, name]) : from.required,
    facets: [...from.facets, facet],
  };
}

/** A node's alternatives, single values where it has only those. */
function atoms(node: Node): Shape[] | undefined {
  if (isEmpty(node)) return undefined;
  return shapesOf(node).flatMap((shape): Shape[] => {
    if (shape.opaque.length > 0) return [shape];
    if (shape.kind === 'string' && shape.values) {
      return shape.values.map((value) => ({ ...shape, values: [value] }));
    }
    if (shape.kind === 'boolean') return shape.values.map((value) => constantShape(value));
    return [shape];
  });
}

/** Cuts an array by its length where few lengths are possible, or by its first item. */
function splitArray(from: ArrayShape): Shape[] | undefined {
  const room = from.maxItems - from.minItems;
  if (room > 0 && room < 8) {
    return Array.from({ length: room + 1 }, (_, index) => ({
      ...from,
      minItems: from.minItems + index,
      maxItems: from.minItems + index,
    }));
  }
  if (from.minItems === 0) {
    return [
      { ...from, maxItems: 0 },
      { ...from, minItems: 1 },
    ];
  }
  const first = from.prefix[0] ?? from.rest;
  const options = atoms(first);
  if (!options || options.length < 2 || options.length > MAX_PIECES) return undefined;
  return options.map((option) => ({
    ...from,
    prefix: [new Node([], [[option]]), ...from.prefix.slice(1)],
  }));
}

/** One gap for each place and rule. */
function merge(gaps: readonly Gap[]): Gap[] {
  const result = new Map<string, Gap>();
  for (const found of gaps) {
    const key = `${found.path.join('\n')} ${found.rule}`;
    const other = result.get(key);
    result.set(
      key,
      other ? { ...other, witnesses: [...other.witnesses, ...found.witnesses] } : found,
    );
  }
  return [...result.values()];
}

/** The type in the reader's words. */
function kindName(shape: Shape): string {
  if (shape.kind === 'number') return shape.integer ? 'an integer' : 'a number';
  if (shape.kind === 'null') return 'null';
  return `${/^[ao]/.test(shape.kind) ? 'an' : 'a'} ${shape.kind}`;
}
