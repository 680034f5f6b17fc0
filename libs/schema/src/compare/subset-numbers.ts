import { type Gap, gap, show, showList, unmet } from './gap.ts';
import { tighten } from '../shapes/intersect.ts';
import { impliesMultiple, isMultiple, isSurelyMultiple, mayBeMultiple } from '../shapes/numbers.ts';
import { numbersIn } from '../sample/numbers-in.ts';
import type { NumberShape } from '../shapes/shapes.ts';

/** Integers of a range that are tried one by one. */
const MAX_ENUMERATED = 200;

/** Is every number of `from` one of some shape in `to`? */
export function numberGaps(from: NumberShape, to: readonly NumberShape[]): Gap[] {
  const usable = to.filter((shape) => unmet(from, shape).length === 0);
  const failing = pieces(from, to).find((piece) => !isCovered(piece, usable));
  if (!failing) return [];
  return [describe(from, failing, to)];
}

/** `from` cut where some shape in `to` begins or ends, so that each piece lies inside or outside. */
function pieces(from: NumberShape, to: readonly NumberShape[]): NumberShape[] {
  const cuts = new Set<number>();
  for (const { min, max } of to) for (const cut of [min, max]) cuts.add(cut);
  const { min, max } = from;
  // Beyond 2^53 `value + 1` may be `value`.
  const few =
    from.integer && max - min <= MAX_ENUMERATED && Math.abs(min) + MAX_ENUMERATED < 2 ** 53;
  if (few) for (let value = min; value <= max; value++) cuts.add(value);
  const sorted = [...cuts]
    .filter((cut) => Number.isFinite(cut) && cut >= min && cut <= max)
    .sort((a, b) => a - b);
  const result: (NumberShape | undefined)[] = [];
  let low = min;
  let lowOpen = from.minOpen;
  for (const cut of sorted) {
    result.push(tighten({ ...from, min: low, minOpen: lowOpen, max: cut, maxOpen: true }));
    const point = { ...from, min: cut, max: cut, minOpen: false, maxOpen: false };
    if (isInside(cut, from, mayBeMultiple)) result.push(tighten(point));
    low = cut;
    lowOpen = true;
  }
  result.push(tighten({ ...from, min: low, minOpen: lowOpen }));
  return result.filter((piece) => piece !== undefined);
}

function isCovered(piece: NumberShape, to: readonly NumberShape[]): boolean {
  if (piece.min === piece.max) return to.some((shape) => isAccepted(piece.min, shape));
  return to.some(
    (shape) =>
      withinBounds(piece, shape) &&
      (!shape.integer || isWhole(piece)) &&
      shape.multiples.every((multiple) => isStep(piece, multiple)) &&
      shape.formats.every((format) => isImplied(piece, format)),
  );
}

function isAccepted(value: number, shape: NumberShape): boolean {
  const point = { ...shape, integer: Number.isInteger(value), min: value, max: value };
  return (
    isInside(value, shape, isSurelyMultiple) &&
    shape.formats.every((format) => isImplied({ ...point, formats: [] }, format))
  );
}

function isInside(
  value: number,
  shape: NumberShape,
  divides: (value: number, of: number) => boolean,
): boolean {
  return (
    (shape.minOpen ? value > shape.min : value >= shape.min) &&
    (shape.maxOpen ? value < shape.max : value <= shape.max) &&
    (!shape.integer || Number.isInteger(value)) &&
    shape.multiples.every((multiple) => divides(value, multiple))
  );
}

/** Is the format met, whether or not the sender asserts its own? */
function isImplied(piece: NumberShape, format: string): boolean {
  if (piece.formats.includes(format) || format === 'double' || format === 'float') return true;
  const limit = format === 'int32' ? 2 ** 31 : format === 'int64' ? 2 ** 63 : 0;
  return isWhole(piece) && piece.min >= -limit && piece.max < limit;
}

function withinBounds(piece: NumberShape, shape: NumberShape): boolean {
  const low =
    piece.min > shape.min || (piece.min === shape.min && (piece.minOpen || !shape.minOpen));
  const high =
    piece.max < shape.max || (piece.max === shape.max && (piece.maxOpen || !shape.maxOpen));
  return low && high;
}

function isWhole(shape: NumberShape): boolean {
  return shape.integer || shape.multiples.some((multiple) => Number.isInteger(multiple));
}

function isStep(shape: NumberShape, of: number): boolean {
  const own = shape.integer ? [1, ...shape.multiples] : shape.multiples;
  return own.some((multiple) => impliesMultiple(multiple, of));
}

/** Outside of the formats of numbers. */
const FAR = [2 ** 31, -(2 ** 31) - 1, 2 ** 64, 0.5];

function describe(from: NumberShape, failing: NumberShape, to: readonly NumberShape[]): Gap {
  const decided = to.every(
    (shape) => unmet(from, shape).length === 0 && shape.formats.length === 0,
  );
  const far = to.some(({ formats }) => formats.length > 0) ? FAR : [];
  const witnesses = () =>
    [...far.filter((value) => isInside(value, failing, isMultiple)), ...numbersIn(failing)]
      .filter((value) => !decided || !to.some((shape) => isInside(value, shape, isMultiple)))
      .slice(0, decided ? 3 : 12);
  const points = to.every((shape) => shape.min === shape.max);
  if (points) {
    const rule = to.length === 1 && to[0]?.from === 'const' ? 'const' : 'enum';
    const values = showList(to.map((shape) => shape.min));
    const sent = from.min === from.max ? show(from.min) : range(from);
    return gap(rule, sent, `one of ${values}`, witnesses);
  }
  const closest = to.find((shape) => shape.min !== shape.max) ?? (to[0] as NumberShape);
  const [opaque] = unmet(from, closest);
  if (opaque) return gap(opaque.keyword, range(from), `what ${opaque.keyword} says`, witnesses);
  return gap(ruleOf(failing, closest), range(from), to.map(range).join(' or '), witnesses);
}

function ruleOf(piece: NumberShape, to: NumberShape): string {
  const above = { ...piece, min: to.min, minOpen: to.minOpen };
  if (!withinBounds(piece, { ...to, max: Infinity, maxOpen: false })) {
    return to.minOpen && above.minOpen ? 'exclusiveMinimum' : 'minimum';
  }
  if (!withinBounds(piece, { ...to, min: -Infinity, minOpen: false })) {
    return to.maxOpen ? 'exclusiveMaximum' : 'maximum';
  }
  if (to.integer && !isWhole(piece)) return 'type';
  return to.formats.every((format) => isImplied(piece, format)) ? 'multipleOf' : 'format';
}

/** `an integer from 1 to 5`, `a number above 0`. */
function range(shape: NumberShape): string {
  if (shape.min === shape.max) return show(shape.min);
  const words = [shape.integer ? 'an integer' : 'a number'];
  if (shape.min !== -Infinity) words.push(`${shape.minOpen ? 'above' : 'from'} ${shape.min}`);
  if (shape.max !== Infinity) words.push(`${shape.maxOpen ? 'below' : 'to'} ${shape.max}`);
  for (const format of shape.formats) words.push(`in the format ${format}`);
  if (shape.multiples.length > 0) words.push(`in steps of ${shape.multiples.join(' and ')}`);
  return words.join(' ');
}
