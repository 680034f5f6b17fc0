import type { Json } from '../json.ts';
import { arrayShape, NONE, numberShape, objectShape } from './plain-shapes.ts';
import { Node, type Shape } from './shapes.ts';

const NOTHING = new Node([], [[]]);

/** The shapes of exactly these values: the strings among them are one. */
export function constants(values: readonly Json[], from: 'enum' | 'const'): readonly Shape[] {
  const strings = values.filter((value) => typeof value === 'string');
  const others = values.filter((value) => typeof value !== 'string');
  const shapes = others.map((value): Shape => constantShape(value, from));
  if (strings.length > 0) {
    shapes.push({
      kind: 'string',
      minLength: 0,
      maxLength: Infinity,
      patterns: [],
      formats: [],
      values: [...new Set(strings)],
      from,
      opaque: NONE,
    });
  }
  return shapes;
}

/** The shape of exactly one value. */
export function constantShape(value: Json, from: 'enum' | 'const' = 'const'): Shape {
  if (value === null) return { kind: 'null', opaque: NONE };
  if (typeof value === 'boolean') return { kind: 'boolean', values: [value], opaque: NONE };
  if (typeof value === 'number') return { ...numberShape(value, value), from };
  if (typeof value === 'string') {
    return constants([value], from)[0] as Shape;
  }
  if (Array.isArray(value)) {
    return arrayShape(value.length, value.length, value.map(constantNode), NOTHING);
  }
  const entries = Object.entries(value);
  return objectShape(
    entries.map(([name]) => name),
    {
      properties: new Map(entries.map(([name, child]) => [name, constantNode(child)])),
      patterns: [],
      additional: NOTHING,
    },
  );
}

function constantNode(value: Json): Node {
  return new Node([], [[constantShape(value)]]);
}
