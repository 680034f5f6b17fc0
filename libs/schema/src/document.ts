import { canonicalJson } from './canonical.ts';
import { isObject, type JsonSchema, type Keywords } from './json.ts';
import { resolveReference } from './reference.ts';

/** Keywords that tell people something and decide no verdict. */
const ANNOTATIONS = new Set([
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  '$comment',
  '$schema',
  '$id',
  'id',
  '$defs',
  'definitions',
]);
const MAPS = new Set(['properties', 'patternProperties', 'dependentSchemas']);
const DATA = new Set(['const', 'enum', 'required', 'type', 'dependentRequired']);
const SETS = new Set(['enum', 'required', 'type']);

/** One JSON Schema document: resolves its references, and says when two subschemas mean the same. */
export class SchemaDocument {
  readonly root: JsonSchema;
  readonly #meanings = new WeakMap<object, string>();

  constructor(root: JsonSchema) {
    this.root = root;
  }

  /** As `resolveReference`, in this document. */
  resolve(ref: string): JsonSchema | undefined {
    return resolveReference(this.root, ref);
  }

  /**
   * A text that is equal for two subschemas, also of different documents, only if they accept the
   * same values: without annotations, order of fields and sets, and names of definitions.
   */
  meaning(schema: JsonSchema): string {
    if (typeof schema === 'boolean') return String(schema);
    let text = this.#meanings.get(schema);
    if (text === undefined) {
      text = this.#describe(schema);
      this.#meanings.set(schema, text);
    }
    return text;
  }

  #describe(schema: Keywords): string {
    const numbers = new Map<JsonSchema, number>();
    const bodies: unknown[] = [];
    const walk = (node: unknown): unknown => {
      if (Array.isArray(node)) return node.map(walk);
      if (!isObject(node)) return node;
      const result: Record<string, unknown> = {};
      for (const key of Object.keys(node).sort()) {
        const value = node[key];
        if (ANNOTATIONS.has(key)) continue;
        if (key === '$ref') result[key] = reference(String(value));
        else if (DATA.has(key)) result[key] = SETS.has(key) ? sortSet(value) : value;
        else if (MAPS.has(key) && isObject(value)) {
          const names = Object.keys(value).sort();
          result[key] = Object.fromEntries(names.map((name) => [name, walk(value[name])]));
        } else result[key] = walk(value);
      }
      return result;
    };
    const reference = (ref: string): unknown => {
      const target = this.resolve(ref);
      if (target === undefined) return ref;
      let number = numbers.get(target);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(target, number);
        const body = walk(target);
        bodies[number] = body;
      }
      return number;
    };
    return canonicalJson([walk(schema), bodies]);
  }
}

function sortSet(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return [...value].map((item) => canonicalJson(item)).sort();
}
