import { canonicalJson, digest } from '../canonical.ts';
import { isObject, type JsonSchema, type Keywords } from '../json.ts';
import { KEYWORDS, subschemas } from './drafts.ts';

/** Characters of a subschema below which a reference to it is no shorter than itself. */
const MIN_SIZE = 80;

/**
 * The schema with each larger subschema that occurs more than once written once, in `$defs`. Unions
 * inside of unions repeat themselves exponentially; shared, each is compiled and compared once.
 * @param root in the plain form, whose definitions are at the root
 */
export function shareRepeated(root: Keywords): Keywords {
  const sharing = new Sharing();
  const { $defs: definitions = {}, ...top } = root;
  sharing.count(top);
  for (const body of Object.values(definitions as Keywords)) sharing.count(body);
  const result = sharing.rewrite(top);
  const bodies = Object.entries(definitions as Keywords).map(
    ([name, body]) => [name, sharing.rewrite(body as JsonSchema)] as const,
  );
  const all = [...bodies, ...sharing.shared];
  return all.length === 0 ? result : { ...result, $defs: Object.fromEntries(all) };
}

class Sharing {
  readonly #keys = new WeakMap<object, string>();
  readonly #counts = new Map<string, number>();
  readonly #large = new Set<string>();
  readonly #names = new Map<string, string>();
  readonly shared: (readonly [name: string, body: JsonSchema])[] = [];

  /** Counts each subschema; what is met again is not walked again. */
  count(schema: unknown): string {
    if (!isObject(schema)) return String(schema);
    const text = canonicalJson(mapSubschemas(schema, (child) => this.count(child)));
    const key = digest(text);
    this.#keys.set(schema, key);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    if (text.length >= MIN_SIZE) this.#large.add(key);
    return key;
  }

  rewrite<T extends JsonSchema>(schema: T): T {
    if (!isObject(schema)) return schema;
    return mapSubschemas(schema, (child) => this.#replace(child as JsonSchema)) as T;
  }

  #replace(schema: JsonSchema): JsonSchema {
    if (!isObject(schema)) return schema;
    const key = this.#keys.get(schema) ?? '';
    if ((this.#counts.get(key) ?? 0) < 2 || !this.#large.has(key)) return this.rewrite(schema);
    let name = this.#names.get(key);
    if (name === undefined) {
      this.#names.set(key, (name = `s${this.#names.size}`));
      this.shared.push([name, this.rewrite(schema)]);
    }
    return { $ref: `#/$defs/${name}` };
  }
}

function mapSubschemas(schema: Keywords, replace: (child: unknown) => unknown): Keywords {
  const entries = Object.entries(schema).map(([keyword, value]) => {
    if (!KEYWORDS.get(keyword)?.holds) return [keyword, value] as const;
    const children = subschemas(keyword, value).map(([, child]) => replace(child));
    if (Array.isArray(value)) return [keyword, children] as const;
    if (!isMap(keyword)) return [keyword, children[0]] as const;
    const names = Object.keys(value as Keywords);
    return [keyword, Object.fromEntries(names.map((name, at) => [name, children[at]]))] as const;
  });
  return Object.fromEntries(entries);
}

function isMap(keyword: string): boolean {
  return KEYWORDS.get(keyword)?.holds === 'map';
}
