import type { Json } from '../json.ts';
import { spend } from '../work.ts';
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
  /** Values of the first schema that the second one may refuse; to be checked. Made when asked for. */
  readonly witnesses: Witnesses;
}

export type Witnesses = () => readonly Json[];

/** Values that are tried for one gap: more of them are more of the same. */
const MAX_WITNESSES = 16;

/** Made once, when first asked for, at each level no more than can be checked. */
export function witnesses(make: () => Iterable<Json | undefined>): Witnesses {
  let made: readonly Json[] | undefined;
  return () => {
    if (made === undefined) {
      spend();
      const different = new Map<string, Json>();
      for (const value of make()) {
        spend();
        if (value !== undefined) different.set(JSON.stringify(value), value);
        if (different.size >= MAX_WITNESSES) break;
      }
      made = [...different.values()];
    }
    return made;
  };
}

export function gap(
  rule: string,
  sent: string,
  accepted: string,
  make: () => Iterable<Json | undefined> = () => [],
): Gap {
  return { path: [], rule, sent, accepted, witnesses: witnesses(make) };
}

/** The conditions of `to` that are not known to hold for `from`. */
export function unmet(from: Shape, to: Shape): readonly Opaque[] {
  return to.opaque.filter(({ key }) => !from.opaque.some((other) => other.key === key));
}

/** The gap at `key` inside a value that `embed` completes. */
export function nested(inner: Gap, key: string, embed: (witness: Json) => Json | undefined): Gap {
  return {
    ...inner,
    path: [key, ...inner.path],
    witnesses: witnesses(function* () {
      for (const witness of inner.witnesses()) yield embed(witness);
    }),
  };
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
