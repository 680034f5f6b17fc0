import { type Choices, seeded, SIMPLEST } from '../sample/choices.ts';
import type { Json } from '../json.ts';
import { spend } from '../work.ts';
import { constantShape } from '../shapes/constants.ts';
import { areDisjoint, isEmpty, isEmptyShape, shapesOf } from '../shapes/expand.ts';
import { type Gap, gap, show, unmet, witnesses } from './gap.ts';
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

interface Answer {
  readonly gaps: readonly Gap[];
  /** Depth of the outermost running pair on whose having no gap it relies; Infinity for none. */
  readonly relies: number;
}

/**
 * Looks for values of one node that another does not accept. No gaps means that there are none:
 * each step only ever assumes what it has still to show of smaller values (a pair of nodes that is
 * met again inside itself), and values are finite.
 */
export class Subset {
  readonly #undeclared: Undeclared;
  readonly #running = new Map<string, number>();
  readonly #known = new Map<string, Answer>();
  /** Answers that rely on a running pair, in the order in which they were found. */
  readonly #provisional: string[] = [];
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
    const running = this.#running.get(key);
    if (known ?? running !== undefined) {
      this.#relied = Math.min(this.#relied, known?.relies ?? running ?? Infinity);
      return known?.gaps ?? [];
    }
    spend();
    const depth = this.#running.size;
    const [before, mark] = [this.#relied, this.#provisional.length];
    this.#relied = Infinity;
    this.#running.set(key, depth);
    try {
      const gaps = merge(
        shapesOf(from).flatMap((shape) => this.#shapeGaps(shape, shapesOf(to), 0)),
      );
      this.#settle(key, depth, mark, gaps);
      return gaps;
    } finally {
      this.#running.delete(key);
      this.#relied = Math.min(before, this.#relied >= depth ? Infinity : this.#relied);
    }
  };

  /**
   * A pair with a gap takes back what relied on its having none; a pair without one, that relies on
   * no outer pair, makes it final.
   */
  #settle(key: string, depth: number, mark: number, gaps: readonly Gap[]): void {
    if (gaps.length > 0) {
      for (const each of this.#provisional.splice(mark)) this.#known.delete(each);
      this.#known.set(key, { gaps, relies: Infinity });
      return;
    }
    const relies = this.#relied >= depth ? Infinity : this.#relied;
    for (const each of this.#provisional.slice(mark)) {
      const answer = this.#known.get(each);
      if (answer && answer.relies >= depth) this.#known.set(each, { gaps: answer.gaps, relies });
    }
    this.#known.set(key, { gaps, relies });
    if (relies === Infinity) this.#provisional.splice(mark);
    else this.#provisional.push(key);
  }

  #shapeGaps(from: Shape, all: readonly Shape[], splits: number): Gap[] {
    spend();
    if (isEmptyShape(from)) return [];
    const to = all.filter((shape) => shape.kind === from.kind);
    const first = to[0];
    if (!first) {
      const kinds = [...new Set(all.map(kindName))];
      const accepted = kinds.length === 0 ? 'nothing' : kinds.join(' or ');
      return [gap('type', kindName(from), accepted, () => [sampleShape(from)])];
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
          ? [gap(unmet(from, first)[0]?.keyword ?? 'type', 'null', 'a condition', () => [null])]
          : [];
      }
      case 'array':
        return this.#compoundGaps(from, to, splits, (shape) =>
          arrayGaps(from, shape as ArrayShape, this.gaps),
        );
      case 'object':
        return this.#compoundGaps(from, to, splits, (shape) =>
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
    all: readonly Shape[],
    splits: number,
    gapsTo: (shape: Shape) => Gap[],
  ): Gap[] {
    // Those that share no value with `from` cannot help: a discriminator leaves one.
    const sharing = all.length > 1 ? all.filter((shape) => !areDisjoint(from, shape)) : all;
    const to = sharing.length > 0 ? sharing : all;
    const attempts: Gap[][] = [];
    for (const shape of to) {
      const gaps = gapsTo(shape);
      if (gaps.length === 0) return [];
      attempts.push(gaps);
    }
    if (sharing.length > 1 && splits < MAX_SPLITS) {
      const pieces =
        from.kind === 'object' ? splitObject(from, to as ObjectShape[]) : splitArray(from);
      if (pieces) return merge(pieces.flatMap((piece) => this.#shapeGaps(piece, to, splits + 1)));
    }
    const best = attempts.reduce((a, b) => (rank(b) < rank(a) ? b : a));
    if (attempts.length === 1) return best;
    // A value that the closest alternative refuses may be one of another's: offer more to check.
    const more = function* () {
      for (const choices of SOME) yield sampleShape(from, choices);
      for (const found of attempts.flat()) yield* found.witnesses();
    };
    return best.map((found) => ({
      ...found,
      witnesses: witnesses(function* () {
        yield* found.witnesses().slice(0, MAX_OWN);
        yield* more();
      }),
    }));
  }
}

/** Of a gap's witnesses those that leave room for other alternatives'. */
const MAX_OWN = 8;
const SOME: readonly Choices[] = [SIMPLEST, ...[1, 2, 3, 4].map(seeded)];

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
  return [gap('const', outside.map(show).join(' or '), accepted.join(' or '), () => outside)];
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
      other
        ? {
            ...other,
            witnesses: witnesses(() => interleave(other.witnesses(), found.witnesses())),
          }
        : found,
    );
  }
  return [...result.values()];
}

/** Both lists by turns, so that a bound leaves some of each. */
function interleave(a: readonly Json[], b: readonly Json[]): Json[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, index) => [
    ...a.slice(index, index + 1),
    ...b.slice(index, index + 1),
  ]).flat();
}

/** The type in the reader's words. */
function kindName(shape: Shape): string {
  if (shape.kind === 'number') return shape.integer ? 'an integer' : 'a number';
  if (shape.kind === 'null') return 'null';
  return `${/^[ao]/.test(shape.kind) ? 'an' : 'a'} ${shape.kind}`;
}
