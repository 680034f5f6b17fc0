/** Code points, both ends included; sorted and disjoint within a set. */
export type Range = readonly [from: number, to: number];

/** A regular expression without look-around and back-references: a regular language. */
export type Regex =
  | { readonly kind: 'empty' }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'set'; readonly ranges: readonly Range[] }
  | { readonly kind: 'sequence'; readonly items: readonly Regex[] }
  | { readonly kind: 'choice'; readonly options: readonly Regex[] }
  | { readonly kind: 'repeat'; readonly item: Regex; readonly min: number; readonly max: number };

/** A pattern is a conjunction: a leading `^(?!…)` is a part that must not match. */
export interface RegexPart {
  readonly regex: Regex;
  readonly negate: boolean;
}

const MAX_CODE_POINT = 0x10ffff;

/**
 * What a JSON text can carry: code points without lone surrogates. Nothing else reaches a schema
 * from a file or from AWS, so a language is compared over these.
 */
export const EVERY_CHARACTER: readonly Range[] = [
  [0, 0xd7ff],
  [0xe000, MAX_CODE_POINT],
];

/** Sorted and disjoint. */
export function union(ranges: readonly Range[]): Range[] {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const result: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = result.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** Everything that `ranges` does not hold. */
export function complement(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const [from, to] of EVERY_CHARACTER) {
    let next = from;
    for (const [a, b] of union(ranges)) {
      if (b < next || a > to) continue;
      if (a > next) result.push([next, a - 1]);
      next = b + 1;
    }
    if (next <= to) result.push([next, to]);
  }
  return result;
}
