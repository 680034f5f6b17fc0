import { canonicalJson } from './canonical.ts';
import { isObject, type Json, type JsonSchema, type Keywords } from './json.ts';
import { SchemaDocument } from './document.ts';
import { isMultiple } from './shapes/intersect.ts';
import { matches } from './shapes/shapes.ts';

/** True, false, or undefined where a keyword decides that is not known here (a `format`). */
export type Validity = boolean | undefined;

const MAX_DEPTH = 200;

/**
 * Is `value` valid? A small validator, so that a counterexample can be confirmed wherever schemas
 * are compared, also in a library without ajv.
 */
export function isValid(
  document: SchemaDocument,
  value: Json,
  schema: JsonSchema = document.root,
  depth = 0,
): Validity {
  if (typeof schema === 'boolean') return schema;
  if (depth > MAX_DEPTH) return undefined;
  const check = (child: unknown, item: Json) =>
    isValid(document, item, child as JsonSchema, depth + 1);
  return and([
    ...general(document, schema, value, check),
    ...(typeof value === 'number' ? ofNumber(schema, value) : []),
    ...(typeof value === 'string' ? ofString(schema, value) : []),
    ...(Array.isArray(value) ? ofArray(schema, value, check) : []),
    ...(isObject(value) ? ofObject(schema, value as { [key: string]: Json }, check) : []),
  ]);
}

/** A validator of one schema that answers `undefined` where it does not know. */
export function quickValidator(schema: JsonSchema): (value: Json) => Validity {
  const document = new SchemaDocument(schema);
  return (value) => isValid(document, value);
}

type Check = (schema: unknown, value: Json) => Validity;

function and(results: readonly Validity[]): Validity {
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

function or(results: readonly Validity[]): Validity {
  if (results.includes(true)) return true;
  return results.includes(undefined) ? undefined : false;
}

function not(result: Validity): Validity {
  return result === undefined ? undefined : !result;
}

function general(
  document: SchemaDocument,
  schema: Keywords,
  value: Json,
  check: Check,
): Validity[] {
  const results: Validity[] = [];
  const list = (keyword: string) => schema[keyword] as readonly unknown[] | undefined;
  if (schema['type'] !== undefined) {
    results.push(([schema['type']].flat() as string[]).some((type) => isOfType(value, type)));
  }
  const text = canonicalJson(value);
  if (schema['const'] !== undefined) results.push(canonicalJson(schema['const']) === text);
  const values = list('enum');
  if (values) results.push(values.some((item) => canonicalJson(item) === text));
  for (const child of list('allOf') ?? []) results.push(check(child, value));
  const anyOf = list('anyOf');
  if (anyOf) results.push(or(anyOf.map((child) => check(child, value))));
  const oneOf = list('oneOf');
  if (oneOf) {
    const found = oneOf.map((child) => check(child, value));
    const hits = found.filter((result) => result === true).length;
    const open = found.includes(undefined);
    results.push(hits > 1 ? false : open ? undefined : hits === 1);
  }
  if (schema['not'] !== undefined) results.push(not(check(schema['not'], value)));
  if (schema['if'] !== undefined) {
    const condition = check(schema['if'], value);
    const then = check(schema['then'] ?? true, value);
    const otherwise = check(schema['else'] ?? true, value);
    if (condition === undefined)
      results.push(then === true && otherwise === true ? true : undefined);
    else results.push(condition ? then : otherwise);
  }
  if (typeof schema['$ref'] === 'string') {
    const target = document.resolve(schema['$ref']);
    results.push(target === undefined ? undefined : check(target, value));
  }
  for (const keyword of ['unevaluatedProperties', 'unevaluatedItems', '$dynamicRef']) {
    if (schema[keyword] !== undefined) results.push(undefined);
  }
  return results;
}

function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    default:
      return typeof value === type;
  }
}

function ofNumber(schema: Keywords, value: number): Validity[] {
  const bound = (keyword: string, holds: (limit: number) => boolean) => {
    const limit = schema[keyword];
    return typeof limit === 'number' ? [holds(limit)] : [];
  };
  return [
    ...bound('minimum', (limit) => value >= limit),
    ...bound('maximum', (limit) => value <= limit),
    ...bound('exclusiveMinimum', (limit) => value > limit),
    ...bound('exclusiveMaximum', (limit) => value < limit),
    ...bound('multipleOf', (limit) => isMultiple(value, limit)),
  ];
}

function ofString(schema: Keywords, value: string): Validity[] {
  const { minLength = 0, maxLength = Infinity, pattern, format } = schema;
  const { length } = [...value];
  const results: Validity[] = [(minLength as number) <= length, length <= (maxLength as number)];
  if (typeof pattern === 'string') results.push(matches(pattern, value));
  if (format !== undefined) results.push(undefined);
  return results;
}

function ofArray(schema: Keywords, value: readonly Json[], check: Check): Validity[] {
  const { minItems = 0, maxItems = Infinity, items, prefixItems, contains } = schema;
  const prefix = (prefixItems as readonly unknown[] | undefined) ?? [];
  const results: Validity[] = [
    (minItems as number) <= value.length,
    value.length <= (maxItems as number),
    ...value.map((item, index) => check(prefix[index] ?? items ?? true, item)),
  ];
  if (schema['uniqueItems'] === true) {
    results.push(new Set(value.map((item) => canonicalJson(item))).size === value.length);
  }
  if (contains !== undefined) {
    const { minContains = 1, maxContains = Infinity } = schema;
    const found = value.map((item) => check(contains, item));
    const sure = found.filter((result) => result === true).length;
    const possible = sure + found.filter((result) => result === undefined).length;
    if (possible < (minContains as number) || sure > (maxContains as number)) results.push(false);
    else if (sure < (minContains as number) || possible > (maxContains as number)) {
      results.push(undefined);
    }
  }
  return results;
}

function ofObject(
  schema: Keywords,
  value: { readonly [key: string]: Json },
  check: Check,
): Validity[] {
  const names = Object.keys(value);
  const { minProperties = 0, maxProperties = Infinity } = schema;
  const properties = (schema['properties'] as Keywords | undefined) ?? {};
  const patterns = Object.entries((schema['patternProperties'] as Keywords | undefined) ?? {});
  const results: Validity[] = [
    (minProperties as number) <= names.length,
    names.length <= (maxProperties as number),
  ];
  for (const name of (schema['required'] as readonly string[] | undefined) ?? []) {
    results.push(Object.hasOwn(value, name));
  }
  for (const name of names) {
    const item = value[name] as Json;
    const own = Object.hasOwn(properties, name);
    const matching = patterns.filter(([source]) => matches(source, name));
    if (own) results.push(check(properties[name], item));
    for (const [, child] of matching) results.push(check(child, item));
    if (!own && matching.length === 0)
      results.push(check(schema['additionalProperties'] ?? true, item));
    if (schema['propertyNames'] !== undefined) results.push(check(schema['propertyNames'], name));
  }
  const dependents = Object.entries((schema['dependentRequired'] as Keywords | undefined) ?? {});
  for (const [name, needed] of dependents) {
    if (!Object.hasOwn(value, name)) continue;
    for (const other of needed as readonly string[]) results.push(Object.hasOwn(value, other));
  }
  const schemas = Object.entries((schema['dependentSchemas'] as Keywords | undefined) ?? {});
  for (const [name, child] of schemas) {
    if (Object.hasOwn(value, name)) results.push(check(child, value as Json));
  }
  return results;
}
