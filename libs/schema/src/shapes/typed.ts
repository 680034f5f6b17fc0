import { mayConcernNumbers } from './formats.ts';
import type { JsonSchema, Keywords } from '../json.ts';
import { intersect } from './intersect.ts';
import {
  arrayShape,
  NONE,
  numberShape,
  objectShape,
  UNIVERSE,
  withOpaque,
} from './plain-shapes.ts';
import type { Node, Opaque, Shape } from './shapes.ts';

/** The keywords that each speak of one type, and `type` itself. */
export function typed(
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
  const format = typeof schema['format'] === 'string' ? [schema['format']] : [];
  const numeric = format.filter(mayConcernNumbers);
  const onlyInteger = types?.has('integer') === true && !types.has('number');
  if (
    onlyInteger ||
    numeric.length > 0 ||
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
      formats: numeric,
    });
  }
  if (has('minLength', 'maxLength', 'pattern', 'format')) {
    restrict({
      kind: 'string',
      opaque: NONE,
      minLength: number('minLength', 0),
      maxLength: number('maxLength', Infinity),
      patterns: typeof schema['pattern'] === 'string' ? [schema['pattern']] : [],
      formats: format,
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
