import { spend } from '../work.ts';
import { integerAbove, mayBeMultiple } from './numbers.ts';
import { matches } from '../regex/matches.ts';
import {
  type ArrayShape,
  itemNode,
  type NumberShape,
  type Shape,
  type StringShape,
} from './shapes.ts';

/** The values that both accept; undefined where there is surely none. */
export function intersect(a: Shape, b: Shape): Shape | undefined {
  spend();
  const opaque = [
    ...a.opaque,
    ...b.opaque.filter(({ key }) => !a.opaque.some((o) => o.key === key)),
  ];
  if (a.kind === 'null' && b.kind === 'null') return { ...a, opaque };
  if (a.kind === 'boolean' && b.kind === 'boolean') {
    const values = a.values.filter((value) => b.values.includes(value));
    return values.length > 0 ? { ...a, values, opaque } : undefined;
  }
  if (a.kind === 'number' && b.kind === 'number') return tighten({ ...numbers(a, b), opaque });
  if (a.kind === 'string' && b.kind === 'string') return strings({ ...both(a, b), opaque });
  if (a.kind === 'array' && b.kind === 'array') {
    const shape = { ...arrays(a, b), opaque };
    return shape.minItems > shape.maxItems ? undefined : shape;
  }
  if (a.kind === 'object' && b.kind === 'object') {
    const minProperties = Math.max(a.minProperties, b.minProperties);
    const maxProperties = Math.min(a.maxProperties, b.maxProperties);
    const required = new Set([...a.required, ...b.required]);
    if (Math.max(minProperties, required.size) > maxProperties) return undefined;
    const facets = [...a.facets, ...b.facets].filter(
      ({ properties, patterns, additional }) =>
        properties.size > 0 ||
        patterns.length > 0 ||
        additional.parts.length > 0 ||
        additional.fixed.length > 0,
    );
    return {
      ...{ kind: 'object', required, minProperties, maxProperties, facets, opaque },
      names: [...a.names, ...b.names],
    };
  }
  return undefined;
}

function numbers(a: NumberShape, b: NumberShape): NumberShape {
  const [low, otherLow] = a.min >= b.min ? [a, b] : [b, a];
  const [high, otherHigh] = a.max <= b.max ? [a, b] : [b, a];
  const from = a.from ?? b.from;
  return {
    kind: 'number',
    opaque: [],
    min: low.min,
    minOpen: low.minOpen || (otherLow.min === low.min && otherLow.minOpen),
    max: high.max,
    maxOpen: high.maxOpen || (otherHigh.max === high.max && otherHigh.maxOpen),
    integer: a.integer || b.integer,
    multiples: [...new Set([...a.multiples, ...b.multiples])],
    formats: [...new Set([...a.formats, ...b.formats])],
    ...(from ? { from } : {}),
  };
}

/** Integers have closed bounds; an empty interval is no shape. */
export function tighten(shape: NumberShape): NumberShape | undefined {
  let { min, minOpen, max, maxOpen } = shape;
  if (shape.integer) {
    if (Number.isFinite(min)) {
      min = minOpen && Number.isInteger(min) ? integerAbove(min) : Math.ceil(min);
      minOpen = false;
    }
    if (Number.isFinite(max)) {
      max = maxOpen && Number.isInteger(max) ? -integerAbove(-max) : Math.floor(max);
      maxOpen = false;
    }
  }
  if (min > max || (min === max && (minOpen || maxOpen))) return undefined;
  if (min === max && !shape.multiples.every((multiple) => mayBeMultiple(min, multiple))) {
    return undefined;
  }
  return { ...shape, min, minOpen, max, maxOpen };
}

function both(a: StringShape, b: StringShape): StringShape {
  const from = a.from ?? b.from;
  const values =
    a.values && b.values ? a.values.filter((v) => b.values?.includes(v)) : (a.values ?? b.values);
  return {
    kind: 'string',
    opaque: [],
    minLength: Math.max(a.minLength, b.minLength),
    maxLength: Math.min(a.maxLength, b.maxLength),
    patterns: [...new Set([...a.patterns, ...b.patterns])],
    formats: [...new Set([...a.formats, ...b.formats])],
    ...(values ? { values } : {}),
    ...(from ? { from } : {}),
  };
}

/** Single values are held against the other conditions at once. */
function strings(shape: StringShape): StringShape | undefined {
  if (shape.minLength > shape.maxLength) return undefined;
  if (!shape.values) return shape;
  const values = shape.values.filter((value) => {
    const { length } = [...value];
    return (
      shape.minLength <= length &&
      length <= shape.maxLength &&
      shape.patterns.every((source) => matches(source, value))
    );
  });
  return values.length > 0 ? { ...shape, values } : undefined;
}

function arrays(a: ArrayShape, b: ArrayShape): ArrayShape {
  const length = Math.max(a.prefix.length, b.prefix.length);
  return {
    kind: 'array',
    opaque: [],
    minItems: Math.max(a.minItems, b.minItems),
    maxItems: Math.min(a.maxItems, b.maxItems),
    unique: a.unique || b.unique,
    prefix: Array.from({ length }, (_, index) => itemNode(a, index).and(itemNode(b, index))),
    rest: a.rest.and(b.rest),
  };
}
