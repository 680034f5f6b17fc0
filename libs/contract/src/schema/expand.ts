import type { Json, JsonSchema } from '../json-schema.ts';
import { isObject, type Keywords, type SchemaDocument } from './document.ts';
import { areDisjoint } from './disjoint.ts';
import { intersect } from './intersect.ts';
import { ANYTHING, type Facet, Node, type Opaque, type Shape } from './shapes.ts';

/** More alternatives than this are not told apart: the schema counts as opaque. */
const MAX_SHAPES = 400;

const NONE: readonly Opaque[] = [];
const NOTHING = new Node([], [[]]);

/** Every JSON value, one shape for each type. */
const UNIVERSE: readonly Shape[] = [
  { kind: 'null', opaque: NONE },
  { kind: 'boolean', values: [false, true], opaque: NONE },
  numberShape(-Infinity, Infinity),
  { kind: 'string', minLength: 0, maxLength: Infinity, patterns: [], formats: [], opaque: NONE },
  arrayShape(0, Infinity, [], ANYTHING),
  objectShape([], { properties: new Map(), patterns: [], additional: ANYTHING }),
];

const expanded = new WeakMap<Node, readonly Shape[]>();
const running = new Set<JsonSchema>();

/**
 * The alternatives of a node. Their union holds every value that the node accepts; where it may
 * hold more, the alternatives say so by `opaque`.
 */
export function shapesOf(node: Node): readonly Shape[] {
  const known = expanded.get(node);
  if (known) return known;
  let shapes: readonly Shape[] = UNIVERSE;
  for (const choice of node.fixed) shapes = intersectAll(shapes, choice);
  for (const { document, schema } of node.parts) {
    shapes = intersectAll(shapes, expandSchema(document, schema));
  }
  if (running.size === 0) expanded.set(node, shapes);
  return shapes;
}

function intersectAll(left: readonly Shape[], right: readonly Shape[]): readonly Shape[] {
  if (right === UNIVERSE) return left;
  if (left === UNIVERSE) return right;
  const result = left.flatMap((a) =>
    right.flatMap((b) => {
      const both = intersect(a, b);
      return both ? [both] : [];
    }),
  );
  if (result.length > MAX_SHAPES) throw new RangeError('too many alternatives');
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
  if (running.has(schema)) return withOpaque(UNIVERSE, opaque('$ref', schema));
  running.add(schema);
  try {
    return expandKeywords(document, schema, opaque);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return withOpaque(UNIVERSE, opaque('anyOf', schema));
  } finally {
    running.delete(schema);
  }
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
  if (schema['anyOf'] !== undefined) shapes = intersectAll(shapes, list('anyOf').flatMap(expand));
  if (schema['oneOf'] !== undefined) {
    const options = list('oneOf').map(expand);
    const exclusive = options.every((option, index) =>
      options
        .slice(index + 1)
        .every((other) => option.every((a) => other.every((b) => areDisjoint(a, b)))),
    );
    const union = options.flat();
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

function withOpaque(
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

/** The keywords that each speak of one type, and `type` itself. */
function typed(
  schema: Keywords,
  node: (child: unknown) => Node,
  opaque: (keyword: string, constraint: JsonSchema) => Opaque,
): readonly Shape[] {
  const number = (keyword: string, otherwise: number) => {
    const value = schema[keyword];
    return typeof value === 'number' ? value : otherwise;
  };
  const types =
    schema['type'] === undefined ? undefined : new Set([schema['type']].flat() as string[]);
  let shapes: readonly Shape[] = UNIVERSE;
  if (types) {
    shapes = UNIVERSE.filter(
      ({ kind }) => types.has(kind) || (kind === 'number' && types.has('integer')),
    );
  }
  const has = (...keywords: string[]) => keywords.some((keyword) => schema[keyword] !== undefined);
  const restrict = (shape: Shape) => {
    shapes = shapes.flatMap((other) => {
      if (other.kind !== shape.kind) return [other];
      const both = intersect(other, shape);
      return both ? [both] : [];
    });
  };
  const onlyInteger = types?.has('integer') === true && !types.has('number');
  if (
    onlyInteger ||
    has('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf')
  ) {
    const open = number('exclusiveMinimum', -Infinity);
    const least = number('minimum', -Infinity);
    const openMax = number('exclusiveMaximum', Infinity);
    const most = number('maximum', Infinity);
    const multiple = number('multipleOf', 0);
    restrict({
      ...numberShape(Math.max(open, least), Math.min(openMax, most)),
      minOpen: open >= least && open !== -Infinity,
      maxOpen: openMax <= most && openMax !== Infinity,
      integer: onlyInteger,
      multiples: multiple > 0 ? [multiple] : [],
    });
  }
  if (has('minLength', 'maxLength', 'pattern', 'format')) {
    restrict({
      kind: 'string',
      opaque: NONE,
      minLength: number('minLength', 0),
      maxLength: number('maxLength', Infinity),
      patterns: typeof schema['pattern'] === 'string' ? [schema['pattern']] : [],
      formats: typeof schema['format'] === 'string' ? [schema['format']] : [],
    });
  }
  if (has('minItems', 'maxItems', 'uniqueItems', 'prefixItems', 'items')) {
    const prefix = (schema['prefixItems'] as readonly unknown[] | undefined) ?? [];
    restrict({
      ...arrayShape(
        number('minItems', 0),
        number('maxItems', Infinity),
        prefix.map(node),
        node(schema['items'] ?? true),
      ),
      unique: schema['uniqueItems'] === true,
    });
  }
  if (has('contains')) {
    const { contains, minContains = 1, maxContains } = schema;
    const limits = maxContains === undefined ? {} : { maxContains };
    shapes = withOpaque(shapes, opaque('contains', { contains, minContains, ...limits }), 'array');
  }
  if (
    has('properties', 'patternProperties', 'additionalProperties', 'required') ||
    has('minProperties', 'maxProperties', 'propertyNames')
  ) {
    const properties = Object.entries((schema['properties'] as Keywords | undefined) ?? {});
    const patterns = Object.entries((schema['patternProperties'] as Keywords | undefined) ?? {});
    restrict({
      ...objectShape((schema['required'] as readonly string[] | undefined) ?? [], {
        properties: new Map(properties.map(([name, child]) => [name, node(child)])),
        patterns: patterns.map(([source, child]) => [source, node(child)] as const),
        additional: node(schema['additionalProperties'] ?? true),
      }),
      minProperties: number('minProperties', 0),
      maxProperties: number('maxProperties', Infinity),
      names: has('propertyNames')
        ? [node({ type: 'string' }).and(node(schema['propertyNames']))]
        : [],
    });
  }
  for (const keyword of ['dependentRequired', 'dependentSchemas']) {
    const value = schema[keyword];
    if (value === undefined) continue;
    shapes = withOpaque(shapes, opaque(keyword, { [keyword]: value }), 'object');
  }
  return shapes;
}

function constants(values: readonly Json[], from: 'enum' | 'const'): readonly Shape[] {
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

function numberShape(min: number, max: number): Extract<Shape, { kind: 'number' }> {
  return {
    kind: 'number',
    min,
    max,
    minOpen: false,
    maxOpen: false,
    integer: false,
    multiples: [],
    opaque: NONE,
  };
}

function arrayShape(
  minItems: number,
  maxItems: number,
  prefix: readonly Node[],
  rest: Node,
): Extract<Shape, { kind: 'array' }> {
  return { kind: 'array', minItems, maxItems, unique: false, prefix, rest, opaque: NONE };
}

function objectShape(
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
