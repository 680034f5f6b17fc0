import { isObject, type JsonSchema, type Keywords } from '../json.ts';
import { resolveReference } from '../reference.ts';

/** How large the JSON text of a value may be, in UTF-8 bytes. */
export interface SchemaBytes {
  readonly bytes: number;
  /** Paths whose schema sets no bound, so that one was assumed. */
  readonly assumed: readonly string[];
}

/** Bytes of what has no bound: a text, a value of any kind; and how many items or entries. */
const ASSUMED = { text: 256, value: 1024, items: 100 } as const;

/** UTF-8 bytes that a character may take in JSON text, but for control characters. */
const BYTES_A_CHARACTER = 4;

/** The largest value of a schema, so far as the schema says; `path` names its root. */
export function schemaBytes(root: JsonSchema, path: string): SchemaBytes {
  return measure(root, root, path, 0);
}

function measure(root: JsonSchema, schema: unknown, path: string, depth: number): SchemaBytes {
  const assume = (bytes: number) => ({ bytes, assumed: [path] });
  if (schema === false) return { bytes: 0, assumed: [] };
  if (!isObject(schema) || depth > 16) return assume(ASSUMED.value);
  const inner = (part: unknown, at = path) => measure(root, part, at, depth + 1);
  if ('const' in schema) return { bytes: size(schema['const']), assumed: [] };
  if (Array.isArray(schema['enum'])) {
    return { bytes: Math.max(0, ...schema['enum'].map(size)), assumed: [] };
  }
  if (typeof schema['$ref'] === 'string') return inner(resolveReference(root, schema['$ref']));
  const options = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(options)) return largest(options.map((option) => inner(option)));
  switch (schema['type']) {
    case 'string':
      return text(schema, path);
    case 'number':
    case 'integer':
      return { bytes: 24, assumed: [] };
    case 'boolean':
      return { bytes: 5, assumed: [] };
    case 'null':
      return { bytes: 4, assumed: [] };
    case 'array': {
      const item = inner(schema['items'] ?? true, `${path}[*]`);
      const bound = schema['maxItems'];
      const count = typeof bound === 'number' ? bound : ASSUMED.items;
      const assumed = typeof bound === 'number' ? item.assumed : [path, ...item.assumed];
      return { bytes: 2 + count * (item.bytes + 1), assumed };
    }
    case 'object':
      return fields(schema, path, inner);
    default:
      return assume(ASSUMED.value);
  }
}

function fields(
  schema: Keywords,
  path: string,
  inner: (part: unknown, at: string) => SchemaBytes,
): SchemaBytes {
  const { properties, additionalProperties: others } = schema;
  const own = Object.entries(isObject(properties) ? properties : {}).map(([key, part]) => {
    const { bytes, assumed } = inner(part, `${path}.${key}`);
    return { bytes: size(key) + 2 + bytes, assumed };
  });
  // An open object may hold more than it declares; what is not declared is not in the budget.
  if (isObject(others) && Object.keys(others).length > 0) {
    const value = inner(others, `${path}.*`);
    const bytes = ASSUMED.items * (32 + value.bytes);
    own.push({ bytes, assumed: [`${path}.*`, ...value.assumed] });
  }
  return {
    bytes: 2 + own.reduce((sum, { bytes }) => sum + bytes, 0),
    assumed: own.flatMap(({ assumed }) => assumed),
  };
}

function text(schema: Keywords, path: string): SchemaBytes {
  const { maxLength, pattern, format } = schema;
  if (typeof maxLength === 'number')
    return { bytes: 2 + maxLength * BYTES_A_CHARACTER, assumed: [] };
  // A pattern that repeats nothing without end bounds its text well below what is assumed.
  const bounded =
    typeof pattern === 'string' && /^\^.*\$$/.test(pattern) && !/[*+]|,\}/.test(pattern);
  const known = bounded || format === 'date-time' || format === 'date' || format === 'uuid';
  return { bytes: ASSUMED.text, assumed: known ? [] : [path] };
}

function largest(found: readonly SchemaBytes[]): SchemaBytes {
  return {
    bytes: Math.max(0, ...found.map(({ bytes }) => bytes)),
    assumed: [...new Set(found.flatMap(({ assumed }) => assumed))],
  };
}

function size(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}
