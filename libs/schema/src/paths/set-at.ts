import { isObject, type Json } from '../json.ts';

/** A copy of `value` with `leaf` at the end of `keys`; what is no object on the way becomes one. */
export function setAt(value: unknown, [key, ...rest]: readonly string[], leaf: Json): Json {
  if (key === undefined) return leaf;
  const fields = (isObject(value) ? value : {}) as Record<string, Json>;
  return { ...fields, [key]: setAt(fields[key], rest, leaf) };
}
