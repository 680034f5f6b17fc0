import { isObject, type Json, type JsonSchema, type Keywords } from '../json.ts';
import type { SchemaDocument } from '../document.ts';
import { cacheOf, spend } from '../work.ts';
import { emptiness } from './disjoint.ts';
import { intersect } from './intersect.ts';
import { constants } from './constants.ts';
import { UNIVERSE, withOpaque } from './plain-shapes.ts';
import { Node, type Opaque, type Shape, shapeKey } from './shapes.ts';
import { typed } from './typed.ts';

/** More alternatives than this are not told apart: the schema counts as opaque. */
const MAX_SHAPES = 400;

class TooManyShapes extends Error {}

const running = new Set<JsonSchema>();
let circles = 0;

/** How often a reference led back to where it is being expanded: what relies on it is provisional. */
function circlesMet(): number {
  return circles;
}

export const { areDisjoint, isEmpty, isEmptyShape } = emptiness({ shapesOf, circlesMet });

/**
 * The alternatives of a node. Their union holds every value that the node accepts; where it may
 * hold more, the alternatives say so by `opaque`.
 */
export function shapesOf(node: Node): readonly Shape[] {
  const known = cacheOf<string, readonly Shape[]>(shapesOf);
  const found = known.get(node.meaning);
  if (found) return found;
  const before = circles;
  const shapes = expandNode(node);
  if (running.size === 0 || circles === before) known.set(node.meaning, shapes);
  return shapes;
}

function expandNode(node: Node): readonly Shape[] {
  let shapes: readonly Shape[] = UNIVERSE;
  try {
    for (const choice of node.fixed) shapes = intersectAll(shapes, choice);
    for (const { document, schema } of node.parts) {
      shapes = intersectAll(shapes, expandSchema(document, schema));
    }
  } catch (error) {
    if (!(error instanceof TooManyShapes)) throw error;
    return withOpaque(UNIVERSE, { keyword: 'anyOf', key: node.meaning });
  }
  return shapes;
}

function intersectAll(left: readonly Shape[], right: readonly Shape[]): readonly Shape[] {
  if (right === UNIVERSE) return left;
  if (left === UNIVERSE) return right;
  const result: Shape[] = [];
  for (const a of left) {
    for (const b of right) {
      if (a.kind !== b.kind) continue;
      const both = intersect(a, b);
      if (both) result.push(both);
      if (result.length > MAX_SHAPES) throw new TooManyShapes();
    }
  }
  return result;
}

function expandSchema(document: SchemaDocument, schema: JsonSchema): readonly Shape[] {
  if (schema === true) return UNIVERSE;
  if (schema === false) return [];
  const opaque = (keyword: string, constraint: JsonSchema): Opaque => ({
    keyword,
    key: document.meaning(constraint),
  });
  // A reference that leads back here without going into the value decides nothing.
  if (running.has(schema)) {
    circles++;
    return withOpaque(UNIVERSE, opaque('$ref', schema));
  }
  spend();
  running.add(schema);
  try {
    return expandKeywords(document, schema, opaque);
  } catch (error) {
    if (!(error instanceof TooManyShapes)) throw error;
    return withOpaque(UNIVERSE, opaque('anyOf', schema));
  } finally {
    running.delete(schema);
  }
}

/** All of them, each once. */
function unionOf(options: readonly (readonly Shape[])[]): readonly Shape[] {
  if (options.length === 1) return options[0] ?? [];
  const union = new Map(options.flat().map((shape) => [shapeKey(shape), shape]));
  if (union.size > MAX_SHAPES) throw new TooManyShapes();
  return [...union.values()];
}

function expandKeywords(
  document: SchemaDocument,
  schema: Keywords,
  opaque: (keyword: string, constraint: JsonSchema) => Opaque,
): readonly Shape[] {
  const node = (child: unknown) => new Node([{ document, schema: child as JsonSchema }]);
  const expand = (child: unknown) => expandSchema(document, child as JsonSchema);
  const list = (keyword: string) => (schema[keyword] as readonly JsonSchema[] | undefined) ?? [];

  let shapes: readonly Shape[] = typed(schema, node, opaque);
  if (schema['enum'] !== undefined) {
    const values = schema['enum'] as readonly Json[];
    shapes = intersectAll(shapes, constants(values, 'enum'));
  }
  if (schema['const'] !== undefined) {
    shapes = intersectAll(shapes, constants([schema['const'] as Json], 'const'));
  }
  for (const child of list('allOf')) shapes = intersectAll(shapes, expand(child));
  if (schema['anyOf'] !== undefined)
    shapes = intersectAll(shapes, unionOf(list('anyOf').map(expand)));
  if (schema['oneOf'] !== undefined) {
    const options = list('oneOf').map(expand);
    const exclusive = options.every((option, index) =>
      options
        .slice(index + 1)
        .every((other) => option.every((a) => other.every((b) => areDisjoint(a, b)))),
    );
    const union = unionOf(options);
    shapes = intersectAll(
      shapes,
      exclusive ? union : withOpaque(union, opaque('oneOf', { oneOf: list('oneOf') })),
    );
  }
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    const target = document.resolve(reference);
    shapes =
      target === undefined
        ? withOpaque(shapes, opaque('$ref', { $ref: reference }))
        : intersectAll(shapes, expand(target));
  }
  const { not } = schema;
  if (not !== undefined && not !== false) {
    if (not === true || (isObject(not) && Object.keys(not).length === 0)) return [];
    shapes = withOpaque(shapes, opaque('not', { not }));
  }
  if (schema['if'] !== undefined) {
    const { if: condition, then = true, else: otherwise = true } = schema;
    shapes = withOpaque(shapes, opaque('if', { if: condition, then, else: otherwise }));
  }
  // Their meaning depends on their siblings: only the whole schema says it.
  for (const keyword of ['unevaluatedProperties', 'unevaluatedItems', '$dynamicRef']) {
    if (schema[keyword] !== undefined) shapes = withOpaque(shapes, opaque(keyword, schema));
  }
  return shapes;
}
