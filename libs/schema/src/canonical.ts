import { createHash, hash } from 'node:crypto';
import { isObject, isSchema, type JsonSchema } from './json.ts';
import { resolveReference } from './reference.ts';

/** Keywords that tell people something and decide nothing; `default` decides the output form. */
const ANNOTATIONS = new Set([
  'title',
  'description',
  'examples',
  'deprecated',
  '$comment',
  '$schema',
]);

/** Keywords whose arrays are sets. */
const SETS = new Set(['required', 'enum', 'type']);

/** Keywords whose object is a map from names to schemas, so that its keys are no keywords. */
const MAPS = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas']);

/** Keywords whose value is data, not a schema. */
const DATA = new Set(['const', 'default', 'enum', 'required', 'type']);

/** JSON with its object keys in order: the same text for the same value. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`);
    return `{${entries.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** A text of bounded length that is equal only for equal texts: itself if short, or its hash. */
export function digest(text: string): string {
  return text.length <= 60 ? text : `#${hash('sha256', text, 'base64')}`;
}

/** SHA-256 of the canonical JSON, 64 hexadecimal digits. */
export function hashJson(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/**
 * A schema without what changes no verdict: annotations, the order of fields and of sets, and the
 * names that definitions happen to get (they are numbered as they are met).
 */
export function normaliseSchema(schema: unknown): unknown {
  const names = new Map<JsonSchema, string>();
  const bodies: Record<string, unknown> = {};

  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (!isObject(node)) return node;
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(node).sort()) {
      const value = node[key];
      if (ANNOTATIONS.has(key) || key === '$defs' || key === 'id') continue;
      if (key === '$ref') result[key] = rename(String(value));
      else if (DATA.has(key)) result[key] = SETS.has(key) ? sortSet(value) : value;
      else if (MAPS.has(key) && isObject(value)) result[key] = walkMap(value);
      else result[key] = walk(value);
    }
    return result;
  };
  const walkMap = (map: Record<string, unknown>) =>
    Object.fromEntries(
      Object.keys(map)
        .sort()
        .map((name) => [name, walk(map[name])]),
    );
  const rename = (ref: string): string => {
    // The root keeps its name: it is described already.
    const target = ref === '#' || !isSchema(schema) ? undefined : resolveReference(schema, ref);
    if (target === undefined) return ref;
    let fresh = names.get(target);
    if (fresh === undefined) {
      fresh = `d${names.size}`;
      names.set(target, fresh);
      bodies[fresh] = walk(target);
    }
    return `#/$defs/${fresh}`;
  };

  const root = walk(schema);
  return names.size === 0 ? root : { root, $defs: bodies };
}

function sortSet(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return [...value].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
}
