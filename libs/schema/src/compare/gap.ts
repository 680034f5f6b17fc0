import type { Json } from '../json.ts';
import type { Opaque, Shape } from '../shapes/shapes.ts';

/** A place where values that one schema accepts are not known to be accepted by the other. */
export interface Gap {
  /** Where in the value: field names, indices, `*`. */
  readonly path: readonly string[];
  /** The keyword that decides. */
  readonly rule: string;
  /** What the first schema lets through there, and what the second one asks, in a few words. */
  readonly sent: string;
  readonly accepted: string;
  /** Values of the first schema that the second one may refuse; to be checked. */
  readonly witnesses: readonly Json[];
}

export function gap(
  rule: string,
  sent: string,
  accepted: string,
  witnesses: readonly (Json | undefined)[] = [],
): Gap {
  return { path: [], rule, sent, accepted, witnesses: witnesses.filter((w) => w !== undefined) };
}

/** The conditions of `to` that are not known to hold for `from`. */
export function unmet(from: Shape, to: Shape): readonly Opaque[] {
  return to.opaque.filter(({ key }) => !from.opaque.some((other) => other.key === key));
}

/** The gap at `key` inside a value that `embed` completes. */
export function nested(inner: Gap, key: string, embed: (witness: Json) => Json | undefined): Gap {
  const witnesses = inner.witnesses.flatMap((witness) => {
    const value = embed(witness);
    return value === undefined ? [] : [value];
  });
  return { ...inner, path: [key, ...inner.path], witnesses };
}

const MAX_TEXT = 60;

export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

export function showList(values: readonly unknown[]): string {
  const shown = values.slice(0, 6).map(show).join(', ');
  return values.length > 6 ? `${shown}, … (${values.length})` : shown;
}
