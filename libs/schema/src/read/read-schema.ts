import { isObject, type JsonSchema, type Keywords } from '../json.ts';
import { pointerOf } from '../paths/pointer.ts';
import { hasEmptyCircle } from './circles.ts';
import { type Draft, draftOf, DRAFTS, FOREIGN, isBefore, KEYWORDS } from './drafts.ts';
import { InvalidSchema } from './invalid-schema.ts';
import { metaSchemaIssues } from './meta-schema.ts';
import { Resources } from './resources.ts';
import { shareRepeated } from './share.ts';

const known = new WeakMap<object, JsonSchema>();

/**
 * Reads a JSON Schema as somebody wrote it, of draft-04 to 2020-12 as its `$schema` says, and says
 * the same in a plain form: 2020-12, only keywords that decide (and `default`), every reference one
 * to the root's `$defs`. Nothing is guessed: what the meta-schema refuses, what another draft means,
 * and references out of the document are refused by name.
 *
 * @throws {InvalidSchema} with every place and reason
 */
export function readSchema(value: unknown): JsonSchema {
  if (typeof value === 'boolean') return value;
  if (!isObject(value))
    throw InvalidSchema.at([], "isn't a schema: expected an object or a boolean");
  let plain = known.get(value);
  if (plain === undefined) {
    plain = new Reader(value).read();
    known.set(value, plain);
    // What is in plain form already needs no reading.
    if (isObject(plain)) known.set(plain, plain);
  }
  return plain;
}

class Reader {
  readonly #root: Keywords;
  readonly #draft: Draft;
  readonly #resources: Resources;
  readonly #names = new Map<JsonSchema, string>();
  readonly #waiting: JsonSchema[] = [];

  constructor(root: Keywords) {
    this.#root = root;
    const draft = draftOf(root['$schema']);
    if (draft === undefined) {
      const said = JSON.stringify(root['$schema']);
      throw InvalidSchema.at(['$schema'], `${said} isn't one of the drafts ${DRAFTS.join(', ')}`);
    }
    this.#draft = draft;
    this.#resources = new Resources(root, draft);
    this.#check(root);
  }

  read(): JsonSchema {
    const root = this.#plain(this.#root, []) as Keywords;
    const definitions: [string, JsonSchema][] = [];
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const name = this.#names.get(next) ?? '';
      definitions.push([name, next === this.#root ? root : this.#plain(next, ['$defs', name])]);
    }
    if (definitions.length === 0) return shareRepeated(root);
    const own = this.#names.get(this.#root);
    const top = own === undefined ? root : { $ref: `#/$defs/${own}` };
    const all = { ...top, $defs: Object.fromEntries(definitions) };
    if (hasEmptyCircle(all)) {
      throw InvalidSchema.at([], 'a reference leads back to itself without going into the value');
    }
    return shareRepeated(all);
  }

  #check(schema: JsonSchema, place = ''): void {
    const issues = metaSchemaIssues(schema, this.#draft).map((issue) => ({
      path: place + issue.path,
      message: issue.message + this.#hint(issue.path),
    }));
    if (issues.length > 0) throw new InvalidSchema(issues);
  }

  /** Older drafts without their name are the most common mistake. */
  #hint(path: string): string {
    const old = /\/(items|exclusiveMinimum|exclusiveMaximum|required)$/.test(path);
    return old && this.#root['$schema'] === undefined
      ? ' (read as 2020-12, since there is no "$schema": name the draft you mean)'
      : '';
  }

  #plain(schema: unknown, keys: readonly string[]): JsonSchema {
    if (!isObject(schema)) return schema as boolean;
    const draft = this.#draft;
    this.#refuseForeign(schema, keys);
    const ref = this.#reference(schema, keys);
    if (ref !== undefined && isBefore(draft, '2019-09')) {
      const beside = Object.keys(schema).find((each) => each !== '$ref' && KEYWORDS.has(each));
      if (beside === undefined) return { $ref: ref };
      const why = `stands beside $ref, where ${draft} reads nothing and some validators do: use allOf`;
      throw InvalidSchema.at([...keys, beside], why);
    }
    const result: Record<string, unknown> = ref === undefined ? {} : { $ref: ref };
    const one = (keyword: string) => this.#plain(schema[keyword], [...keys, keyword]);
    const list = (keyword: string) =>
      (schema[keyword] as unknown[]).map((item, index) =>
        this.#plain(item, [...keys, keyword, String(index)]),
      );
    for (const [keyword, { holds }] of KEYWORDS) {
      const value = schema[keyword];
      if (value === undefined || keyword.endsWith('Ref') || keyword === '$ref') continue;
      if (keyword === 'items') Object.assign(result, this.#items(schema, one, list));
      else if (keyword === 'additionalItems') continue;
      else if (keyword === 'dependencies') Object.assign(result, this.#dependencies(value, keys));
      else if (holds === 'one') result[keyword] = one(keyword);
      else if (holds === 'list') result[keyword] = list(keyword);
      else if (holds === 'map') result[keyword] = this.#map(value as Keywords, [...keys, keyword]);
      else result[keyword] = value;
    }
    if (schema['default'] !== undefined) result['default'] = schema['default'];
    return draft === 'draft-04' ? withNewLimits(result) : result;
  }

  #map(value: Keywords, keys: readonly string[]): Keywords {
    const entries = Object.entries(value).map(
      ([name, child]) => [name, this.#plain(child, [...keys, name])] as const,
    );
    return Object.fromEntries(entries);
  }

  /** A list in `items` was a tuple before 2020-12, and `additionalItems` what follows it. */
  #items(
    schema: Keywords,
    one: (keyword: string) => JsonSchema,
    list: (keyword: string) => JsonSchema[],
  ): Keywords {
    if (!Array.isArray(schema['items'])) return { items: one('items') };
    return {
      ...(schema['items'].length > 0 ? { prefixItems: list('items') } : {}),
      ...(schema['additionalItems'] === undefined ? {} : { items: one('additionalItems') }),
    };
  }

  #dependencies(value: unknown, keys: readonly string[]): Keywords {
    const entries = Object.entries(value as Keywords);
    const names = entries.filter(([, item]) => Array.isArray(item));
    const schemas = entries.filter(([, item]) => !Array.isArray(item));
    const inside = [...keys, 'dependencies'];
    return {
      ...(names.length > 0 ? { dependentRequired: Object.fromEntries(names) } : {}),
      ...(schemas.length > 0
        ? { dependentSchemas: this.#map(Object.fromEntries(schemas), inside) }
        : {}),
    };
  }

  /** The plain form of the schema's reference, whatever kind it is; undefined where it has none. */
  #reference(schema: Keywords, keys: readonly string[]): string | undefined {
    const keyword = ['$ref', '$dynamicRef', '$recursiveRef'].find(
      (each) => typeof schema[each] === 'string',
    );
    if (keyword === undefined) return undefined;
    const ref = String(schema[keyword]);
    const refuse = (why: string) => InvalidSchema.at([...keys, keyword], why);
    const others = ['$dynamicRef', '$recursiveRef'].filter((each) => schema[each] !== undefined);
    if (others.length > 1 || (others.length === 1 && schema['$ref'] !== undefined)) {
      throw refuse(`two references in one schema, ${keyword} and ${others.join()}: use allOf`);
    }
    if (keyword !== '$ref' && !this.#resources.isStatic) {
      throw refuse(
        `${keyword} in a document of several resources depends on the way that leads to it`,
      );
    }
    const target = this.#resources.resolve(ref, schema);
    if (target === undefined) {
      throw refuse(`${ref} leads to nothing in this document: bundle what it needs into "$defs"`);
    }
    let name = this.#names.get(target);
    if (name === undefined) {
      // There the root's meta-schema saw no schema.
      if (this.#resources.outside.has(target)) this.#check(target, ref);
      name = `d${this.#names.size}`;
      this.#names.set(target, name);
      this.#waiting.push(target);
    }
    return `#/$defs/${name}`;
  }

  /** What another draft would read here, and this one does not. */
  #refuseForeign(schema: Keywords, keys: readonly string[]): void {
    const draft = this.#draft;
    const issues = Object.entries(schema).flatMap(([keyword, value]) => {
      const at = (message: string) => [{ path: pointerOf([...keys, keyword]), message }];
      const foreign = FOREIGN.get(keyword);
      if (foreign !== undefined) return at(`is ${foreign}`);
      const own = KEYWORDS.get(keyword);
      if (own && (isBefore(draft, own.since) || isBefore(own.until ?? draft, draft))) {
        const drafts = own.until ? `up to ${own.until}` : `from ${own.since} on`;
        const instead = own.instead === undefined ? '' : `: write ${own.instead}`;
        return at(
          `is a keyword ${drafts}, and the schema is read as ${draft}${instead}, or name the draft in "$schema"`,
        );
      }
      const wrong = patternsOf(keyword, value).find((each) => !isPattern(each));
      if (wrong !== undefined)
        return at(`${wrong} isn't a valid regular expression in Unicode mode`);
      if (keyword === '$schema' && keys.length > 0 && draftOf(value) !== draft) {
        return at(`names another draft inside of a schema of ${draft}`);
      }
      return numbersOf(value).every(Number.isFinite)
        ? []
        : at('is a number that is too large for JSON');
    });
    if (issues.length > 0) throw new InvalidSchema(issues);
    if (draft === '2019-09' && schema['contains'] !== undefined && 'unevaluatedItems' in schema) {
      throw InvalidSchema.at(
        keys,
        'unevaluatedItems beside contains means another thing in 2020-12',
      );
    }
  }
}

function patternsOf(keyword: string, value: unknown): readonly string[] {
  if (keyword === 'pattern') return [String(value)];
  return keyword === 'patternProperties' ? Object.keys(value as Keywords) : [];
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u').unicode;
  } catch {
    return false;
  }
}

function numbersOf(value: unknown): readonly number[] {
  return [value].flat().filter((item) => typeof item === 'number');
}

/** In draft-04 a limit says by a flag that it is not itself allowed. */
function withNewLimits(schema: Keywords): Keywords {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, ...others } = schema;
  const limits = {
    [exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum']: minimum,
    [exclusiveMaximum === true ? 'exclusiveMaximum' : 'maximum']: maximum,
  };
  const stated = Object.entries(limits).filter(([, limit]) => limit !== undefined);
  return { ...others, ...Object.fromEntries(stated) };
}
