import { canonicalJson } from '../canonical.ts';
import type { JsonSchema } from '../json.ts';
import { pointerOf } from '../paths/pointer.ts';
import type { Direction, SchemaChange } from './schema-change.ts';

/**
 * Defaults that changed. No value is refused for it, but callers that leave the field out get
 * another one: worth a line, never a verdict.
 */
export function changedDefaults(
  old: JsonSchema,
  next: JsonSchema,
  direction: Direction,
): SchemaChange[] {
  if (direction === 'output') return [];
  const before = defaultsOf(old);
  const after = defaultsOf(next);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((pointer) => before.get(pointer) !== after.get(pointer))
    .map((pointer) => ({
      verdict: 'compatible',
      pointer,
      rule: 'default',
      message: `default was: ${before.get(pointer) ?? 'none'}; now: ${after.get(pointer) ?? 'none'}`,
    }));
}

/** Every default by the pointer of its value, through properties and items (not references). */
function defaultsOf(schema: JsonSchema): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (node: unknown, pointer: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const keywords = node as { readonly [keyword: string]: unknown };
    if (keywords['default'] !== undefined) found.set(pointer, canonicalJson(keywords['default']));
    for (const [name, child] of Object.entries(
      (keywords['properties'] as object | undefined) ?? {},
    )) {
      walk(child, pointer + pointerOf([name]));
    }
    walk(keywords['items'], `${pointer}/*`);
    for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
      for (const child of (keywords[keyword] as readonly unknown[] | undefined) ?? [])
        walk(child, pointer);
    }
  };
  walk(schema, '');
  return found;
}
