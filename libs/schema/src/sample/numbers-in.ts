import { isMultiple } from '../shapes/numbers.ts';
import type { NumberShape } from '../shapes/shapes.ts';

/** Some values of a number shape, the simplest and the outermost first. */
export function numbersIn(shape: NumberShape): number[] {
  const { min, max } = shape;
  const step = shape.integer ? 1 : 0;
  const candidates = [0, 1, -1, 0.5, min, max, min + 1, max - 1, min + 0.5, max - 0.5];
  if (Number.isFinite(min) && Number.isFinite(max)) candidates.push((min + max) / 2);
  const near = Number.isFinite(min) ? min : Number.isFinite(max) ? max : 0;
  for (const multiple of [...shape.multiples, ...(step ? [1] : [])]) {
    for (const around of [0, near, Number.isFinite(max) ? max : near]) {
      const base = Math.round(around / multiple);
      for (const offset of [0, 1, -1, 2, -2, 3, 7])
        candidates.push(rounded((base + offset) * multiple));
    }
  }
  if (shape.multiples.length > 1) {
    candidates.push(shape.multiples.reduce((product, multiple) => product * multiple, 1));
  }
  candidates.push(near + 0.25, near - 0.25, near + 10, near - 10, 2, 3, 1e6, -1e6, 0.1);
  return [...new Set(candidates)].filter((value) => isInShape(shape, value));
}

/** Decimal fractions without the noise of binary ones. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

function isInShape(shape: NumberShape, value: number): boolean {
  return (
    Number.isFinite(value) &&
    (shape.minOpen ? value > shape.min : value >= shape.min) &&
    (shape.maxOpen ? value < shape.max : value <= shape.max) &&
    (!shape.integer || Number.isInteger(value)) &&
    shape.multiples.every((multiple) => isMultiple(value, multiple)) &&
    (!shape.formats.includes('int32') || (Number.isInteger(value) && Math.abs(value) < 2 ** 31)) &&
    (!shape.formats.includes('int64') || Number.isInteger(value))
  );
}
