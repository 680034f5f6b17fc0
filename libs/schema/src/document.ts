import { canonicalJson, digest } from './canonical.ts';
import { isObject, type JsonSchema, type Keywords } from './json.ts';
import { resolveReference } from './reference.ts';
import { spend } from './work.ts';

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
  /** What contains itself, and everything that leads there; found when first asked for. */
  #circles: Circles | undefined;

  constructor(root: JsonSchema) {
    this.root = root;
  }

  /** As `resolveReference`, in this document. */
  resolve(ref: string): JsonSchema | undefined {
    return resolveReference(this.root, ref);
  }

  /**
   * A short text that is equal for two subschemas, also of different documents, only if they accept
   * the same values: without annotations, order of fields and sets, and names of definitions.
   */
  meaning(schema: JsonSchema): string {
    if (typeof schema === 'boolean') return String(schema);
    let text = this.#meanings.get(schema);
    if (text === undefined) {
      text = digest(this.#leadsToCircle(schema) ? this.#unfold(schema) : this.#compose(schema));
      this.#meanings.set(schema, text);
    }
    return text;
  }

  #leadsToCircle(schema: object): boolean {
    return (this.#circles ??= findCircles(this.root, this)).leading.has(schema);
  }

  /** Each subschema by its own meaning, so that what is shared is described once. */
  #compose(schema: Keywords): string {
    const { $ref: ref, ...others } = plain(schema);
    const target = typeof ref === 'string' ? this.resolve(ref) : undefined;
    if (target !== undefined && Object.keys(others).length === 0) return this.meaning(target);
    return canonicalJson(
      mapKeywords(schema, (child) => {
        spend();
        return isObject(child) ? this.meaning(child) : child;
      }),
    );
  }

  /** The whole text, what contains itself being named by the order in which it is met. */
  #unfold(schema: Keywords): string {
    const numbers = new Map<JsonSchema, number>();
    const bodies: unknown[] = [];
    const walk = (node: unknown): unknown => {
      spend();
      if (!isObject(node)) return node;
      if (!this.#leadsToCircle(node)) return this.meaning(node);
      const { $ref: ref, ...others } = mapKeywords(node, walk);
      const target = typeof ref === 'string' ? this.resolve(ref) : undefined;
      if (target === undefined) return ref === undefined ? others : { ...others, $ref: ref };
      const body = this.#circles?.closing.has(target as object) ? numberOf(target) : walk(target);
      return Object.keys(others).length === 0 ? body : { ...others, $ref: body };
    };
    const numberOf = (target: JsonSchema): unknown => {
      let number = numbers.get(target);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(target, number);
        bodies[number] = walk(target);
      }
      return ['circle', number];
    };
    return canonicalJson([walk(schema), bodies]);
  }
}

interface Circles {
  /** Where a walk through the document comes back to what it is in. */
  readonly closing: ReadonlySet<object>;
  /** Everything that leads to one of those. */
  readonly leading: ReadonlySet<object>;
}

function findCircles(root: JsonSchema, document: SchemaDocument): Circles {
  const closing = new Set<object>();
  const into = new Map<object, object[]>();
  const running = new Set<object>();
  const visit = (node: unknown, from?: object): void => {
    if (typeof node !== 'object' || node === null) return;
    const known = into.get(node);
    if (from) into.set(node, [...(known ?? []), from]);
    if (running.has(node)) closing.add(node);
    if (known !== undefined || running.has(node)) return;
    into.set(node, into.get(node) ?? []);
    running.add(node);
    if (isObject(node) && typeof node['$ref'] === 'string') {
      visit(document.resolve(node['$ref']), node);
    }
    for (const child of Object.values(node)) visit(child, node);
    running.delete(node);
  };
  visit(root);
  const leading = new Set<object>();
  const queue = [...closing];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (leading.has(node)) continue;
    leading.add(node);
    queue.push(...(into.get(node) ?? []));
  }
  return { closing, leading };
}

function plain(schema: Keywords): Keywords {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !ANNOTATIONS.has(key)));
}

/** A schema's keywords without annotations, its direct subschemas replaced. */
function mapKeywords(schema: Keywords, replace: (child: unknown) => unknown): Keywords {
  const mapped = Object.entries(plain(schema)).map(([key, value]) => {
    if (DATA.has(key)) return [key, SETS.has(key) ? sortSet(value) : value] as const;
    if (Array.isArray(value)) return [key, value.map(replace)] as const;
    if (MAPS.has(key) && isObject(value)) {
      const entries = Object.entries(value).map(([name, child]) => [name, replace(child)] as const);
      return [key, Object.fromEntries(entries)] as const;
    }
    return [key, replace(value)] as const;
  });
  return Object.fromEntries(mapped);
}

function sortSet(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return [...value].map((item) => canonicalJson(item)).sort();
}
