import { ANYTHING, type Facet, type Node, type Opaque, type Shape } from './shapes.ts';

export const NONE: readonly Opaque[] = [];
/** Every JSON value, one shape for each type. */
export const UNIVERSE: readonly Shape[] = [
  { kind: 'null', opaque: NONE },
  { kind: 'boolean', values: [false, true], opaque: NONE },
  numberShape(-Infinity, Infinity),
  { kind: 'string', minLength: 0, maxLength: Infinity, patterns: [], formats: [], opaque: NONE },
  arrayShape(0, Infinity, [], ANYTHING),
  objectShape([], { properties: new Map(), patterns: [], additional: ANYTHING }),
];

/** Every number from `min` to `max`. */
export function numberShape(min: number, max: number): Extract<Shape, { kind: 'number' }> {
  return {
    kind: 'number',
    min,
    max,
    minOpen: false,
    maxOpen: false,
    integer: false,
    multiples: [],
    formats: [],
    opaque: NONE,
  };
}

/** Every array of so many items: the first as in `prefix`, the others as `rest`. */
export function arrayShape(
  minItems: number,
  maxItems: number,
  prefix: readonly Node[],
  rest: Node,
): Extract<Shape, { kind: 'array' }> {
  return { kind: 'array', minItems, maxItems, unique: false, prefix, rest, opaque: NONE };
}

/** Every object with these names, and values as the facet has them. */
export function objectShape(
  required: readonly string[],
  facet: Facet,
): Extract<Shape, { kind: 'object' }> {
  return {
    kind: 'object',
    required: new Set(required),
    minProperties: 0,
    maxProperties: Infinity,
    facets: [facet],
    names: [],
    opaque: NONE,
  };
}

/** The shapes, or those of one kind, with a constraint that nothing here can look into. */
export function withOpaque(
  shapes: readonly Shape[],
  opaque: Opaque,
  kind?: Shape['kind'],
): readonly Shape[] {
  return shapes.map((shape) =>
    kind === undefined || shape.kind === kind
      ? { ...shape, opaque: [...shape.opaque, opaque] }
      : shape,
  );
}
