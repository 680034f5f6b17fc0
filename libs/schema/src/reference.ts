import { isObject, isSchema, type JsonSchema } from './json.ts';
import { pointerKeys } from './paths/pointer.ts';

/** References followed one after the other; past it they lead in a circle. */
const MAX_HOPS = 64;

/**
 * The subschema that a `$ref` names in the document of which `root` is the root; undefined where it
 * leads out of the document or nowhere. The one place that knows how a reference is written.
 */
export function resolveReference(root: JsonSchema, ref: string): JsonSchema | undefined {
  if (ref !== '#' && !ref.startsWith('#/')) return undefined;
  let node: unknown = root;
  for (const key of pointerKeys(decode(ref.slice(1)))) {
    if (!isObject(node) && !Array.isArray(node)) return undefined;
    node = Object.hasOwn(node, key) ? (node as Record<string, unknown>)[key] : undefined;
  }
  return isSchema(node) ? node : undefined;
}

/**
 * `schema` with its `$ref`s followed until it is none; undefined where one leads nowhere or in a
 * circle. What stands beside a reference is left behind.
 */
export function followReferences(root: JsonSchema, schema: unknown): JsonSchema | undefined {
  let here = isSchema(schema) ? schema : undefined;
  for (let hops = 0; isObject(here) && typeof here['$ref'] === 'string'; hops++) {
    if (hops >= MAX_HOPS) return undefined;
    here = resolveReference(root, here['$ref']);
  }
  return here;
}

/** A fragment is a part of a URI, so a pointer in it may be percent-encoded. */
function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
