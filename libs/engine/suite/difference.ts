import type { Json, JsonObject } from '../src/index.ts';

/**
 * Where what was observed is not what a case expects: a path and both values, or undefined.
 * `{ "$match" }` and `{ "$contains" }` in the expected value are README.md's.
 */
export function difference(
  expected: Json,
  observed: Json | undefined,
  at = '',
): string | undefined {
  if (isObject(expected) && typeof expected['$match'] === 'string') {
    const found =
      typeof observed === 'string' && new RegExp(expected['$match'], 's').test(observed);
    return found ? undefined : told(at, expected, observed);
  }
  if (isObject(expected) && isObject(expected['$contains'])) {
    if (!isObject(observed)) return told(at, expected, observed);
    return firstOf(expected['$contains'], observed, at);
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(observed) || observed.length !== expected.length) {
      return told(at, expected, observed);
    }
    for (const [index, item] of expected.entries()) {
      const found = difference(item, observed[index], `${at}/${String(index)}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (isObject(expected)) {
    if (!isObject(observed)) return told(at, expected, observed);
    const extra = Object.keys(observed).filter((key) => !Object.hasOwn(expected, key));
    return extra.length > 0 ? told(at, expected, observed) : firstOf(expected, observed, at);
  }
  return Object.is(expected, observed) ? undefined : told(at, expected, observed);
}

function firstOf(expected: JsonObject, observed: JsonObject, at: string): string | undefined {
  for (const [key, value] of Object.entries(expected)) {
    const found = difference(value, observed[key], `${at}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function told(at: string, expected: Json, observed: Json | undefined): string {
  return `${at}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(observed)}`;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
