import { isObject, type JsonSchema } from '@harmony/schema';

/**
 * The payload schema with every object that does not say otherwise holding its declared fields only.
 *
 * Payloads are open: a trigger may send what no orchestration declares, and *Check input* judges
 * that at run time. The contract test asks whether what *is* declared gives each child what it
 * requires, so an undeclared field counts as not sent rather than as sent with any value.
 */
export function declaredFieldsOnly(schema: JsonSchema): JsonSchema {
  if (!isObject(schema)) return schema;
  const result: Record<string, unknown> = { ...schema };
  for (const keyword of ['properties', '$defs'] as const) {
    if (isObject(schema[keyword])) result[keyword] = mapValues(schema[keyword]);
  }
  for (const keyword of ['anyOf', 'oneOf', 'prefixItems'] as const) {
    if (Array.isArray(schema[keyword])) result[keyword] = schema[keyword].map(closed);
  }
  if (isObject(schema.items)) result.items = closed(schema.items);
  // Parts that are joined must not exclude one another's fields.
  const isJoined = 'allOf' in schema || '$ref' in schema;
  if (isObject(schema.properties) && !isJoined && !OPENNESS.some((key) => key in schema)) {
    result.additionalProperties = false;
  }
  return result;
}

/** Keywords by which a schema says itself which other fields it takes. */
const OPENNESS = ['additionalProperties', 'unevaluatedProperties', 'patternProperties'];

function closed(value: unknown): unknown {
  return isObject(value) ? declaredFieldsOnly(value) : value;
}

function mapValues(schemas: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schemas).map(([key, value]) => [key, closed(value)]));
}
