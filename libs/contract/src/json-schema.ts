/** A value that survives a JSON round trip. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** JSON Schema 2020-12: a boolean, or an object of keywords. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };
