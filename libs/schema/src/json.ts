/** A value that survives a JSON round trip. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The keywords of a schema, or the fields of any JSON object, before anything is known of them. */
export type Keywords = { readonly [keyword: string]: unknown };

/** JSON Schema 2020-12: a boolean, or an object of keywords. */
export type JsonSchema = boolean | Keywords;

/** Is the value an object with fields: neither null nor an array? */
export function isObject(value: unknown): value is Keywords {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Could the value be a schema? */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'boolean' || isObject(value);
}

/** The value if it is a list, else an empty one: for keywords that may be absent. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
