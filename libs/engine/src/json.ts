/**
 * A JSON value. Values are shared between states, events and variables without copying, so nothing
 * may ever change one in place: build a new value instead.
 */
export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Anything as JSON would carry it: no prototypes, functions or undefined get in. What is plain JSON
 * already is returned as it is, uncopied: whoever hands it over must leave it alone from then on.
 */
export function plainJson(value: unknown): Json {
  return isPlain(value) ? value : copyJson(value);
}

/** A copy in JSON's form, for whoever may change it. */
export function copyJson(value: unknown): Json {
  // JSON.parse makes a `__proto__` key plain data; Dates and the like have a JSON form of their own.
  return JSON.parse(JSON.stringify(value) ?? 'null') as Json;
}

function isPlain(value: unknown): value is Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (Array.isArray(value)) return value.every(isPlain);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const key in value) if (!isPlain((value as { [key: string]: unknown })[key])) return false;
  return true;
}
