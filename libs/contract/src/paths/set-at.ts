import type { Json } from '../json-schema.ts';

/** A copy of `value` with `leaf` at the end of `keys`; what is no object on the way becomes one. */
export function setAt(value: unknown, [key, ...rest]: readonly string[], leaf: Json): Json {
  if (key === undefined) return leaf;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const fields = (isObject ? value : {}) as Record<string, Json>;
  return { ...fields, [key]: setAt(fields[key], rest, leaf) };
}
