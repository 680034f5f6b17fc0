import { asList, isObject, isSchema, type JsonSchema, type Keywords } from '../json.ts';
import { pointerKeys } from '../paths/pointer.ts';
import { CONTAINERS, type Draft, isBefore, KEYWORDS, subschemas } from './drafts.ts';
import { InvalidSchema } from './invalid-schema.ts';

/** The address of a document that names none; nothing can be meant to lie below it. */
const NOWHERE = 'https://schema.invalid/-/';

/** Keys that lead to one subschema; deeper ones no reader is made for. */
const MAX_NESTING = 400;

/** Where the resources and anchors of one document lie, and what its references lead to. */
export class Resources {
  readonly #draft: Draft;
  readonly #root: JsonSchema;
  /** Absolute addresses, an anchor's with its fragment. */
  readonly #places = new Map<string, Keywords>();
  readonly #bases = new WeakMap<object, string>();
  /** Embedded resources: with them, what a dynamic reference means depends on the way to it. */
  #embedded = 0;
  /** What references lead to in places that the draft has no subschemas in. */
  readonly outside = new Set<JsonSchema>();

  constructor(root: JsonSchema, draft: Draft) {
    this.#root = root;
    this.#draft = draft;
    if (isObject(root)) this.#places.set(NOWHERE, root);
    this.index(root, NOWHERE, []);
  }

  /** Dynamic references mean what plain ones do: there is one resource. */
  get isStatic(): boolean {
    return this.#embedded === 0;
  }

  baseOf(schema: object): string {
    return this.#bases.get(schema) ?? NOWHERE;
  }

  /** Notes every address at and below `schema`, in places that the draft has subschemas in. */
  index(schema: unknown, base: string, keys: readonly string[]): void {
    if (!isObject(schema) || this.#bases.has(schema)) return;
    if (keys.length > MAX_NESTING)
      throw InvalidSchema.at([], `is nested too deeply: over ${MAX_NESTING} keys`);
    const own = this.#identify(schema, base, keys);
    this.#bases.set(schema, own);
    for (const keyword of [...CONTAINERS, ...KEYWORDS.keys()]) {
      if (!Object.hasOwn(schema, keyword)) continue;
      for (const [inner, child] of subschemas(keyword, schema[keyword])) {
        this.index(child, own, [...keys, ...inner]);
      }
    }
  }

  /** Registers what names the schema itself; returns the base of what is inside. */
  #identify(schema: Keywords, base: string, keys: readonly string[]): string {
    const old = isBefore(this.#draft, '2019-09');
    // Beside a reference older drafts read nothing.
    if (old && typeof schema['$ref'] === 'string') return base;
    const id = schema[this.#draft === 'draft-04' ? 'id' : '$id'];
    let own = base;
    if (typeof id === 'string') {
      const address = resolveAddress(id, base);
      if (address === undefined)
        throw InvalidSchema.at([...keys, '$id'], `${id} isn't a valid address`);
      const [resource = '', fragment = ''] = address.split('#');
      if (old && fragment !== '' && id.startsWith('#')) this.#register(address, schema, keys);
      else {
        own = resource;
        if (keys.length > 0) this.#embedded++;
        this.#register(own, schema, keys);
      }
    }
    if (old) return own;
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const anchor = schema[keyword];
      if (typeof anchor !== 'string') continue;
      this.#register(`${own}#${anchor}`, schema, keys);
    }
    return own;
  }

  #register(address: string, schema: Keywords, keys: readonly string[]): void {
    const known = this.#places.get(address);
    if (known !== undefined && known !== schema) {
      throw InvalidSchema.at(keys, `two schemas are called ${address.replace(NOWHERE, '')}`);
    }
    this.#places.set(address, schema);
  }

  /** What `ref`, written inside of `schema`, leads to; undefined where that is not in this document. */
  resolve(ref: string, schema: object): JsonSchema | undefined {
    const address = resolveAddress(ref, this.baseOf(schema));
    if (address === undefined) return undefined;
    const [resource = '', fragment = ''] = address.split('#');
    const start = this.#places.get(resource);
    if (fragment !== '' && !fragment.startsWith('/')) {
      return this.#places.get(`${resource}#${decode(fragment)}`);
    }
    if (resource === NOWHERE && fragment === '') return this.#root;
    if (start === undefined) return undefined;
    let node: unknown = start;
    let base = this.baseOf(start);
    for (const key of pointerKeys(decode(fragment))) {
      if (isObject(node)) base = this.#bases.get(node) ?? base;
      const items = asList(node);
      node = isObject(node) && Object.hasOwn(node, key) ? node[key] : items[Number(key)];
    }
    if (!isSchema(node)) return undefined;
    if (isObject(node) && !this.#bases.has(node)) {
      this.outside.add(node);
      this.index(node, base, []);
    }
    return node;
  }
}

function resolveAddress(ref: string, base: string): string | undefined {
  try {
    return new URL(ref, base).href;
  } catch {
    return undefined;
  }
}

/** A fragment is a part of a URI, so a pointer in it may be percent-encoded. */
function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
