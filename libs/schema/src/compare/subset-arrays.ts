import type { Json } from '../json.ts';
import { canonicalJson } from '../canonical.ts';
import { seeded, SIMPLEST } from '../sample/choices.ts';
import { isEmpty } from '../shapes/expand.ts';
import { type Gap, gap, nested, unmet } from './gap.ts';
import { MAX_ITEMS, sample, sampleShape } from '../sample/sample.ts';
import { type ArrayShape, itemNode, type Node } from '../shapes/shapes.ts';

/** Is every array of `from` one of `to`? */
export function arrayGaps(
  from: ArrayShape,
  to: ArrayShape,
  compare: (from: Node, to: Node) => readonly Gap[],
): Gap[] {
  const gaps: Gap[] = unmet(from, to).map(({ keyword }) =>
    gap(keyword, 'an array', keyword, () => someOf(from)),
  );
  const max = longest(from);
  if (from.minItems < to.minItems) {
    const least = `at least ${to.minItems} items`;
    gaps.push(
      gap('minItems', `from ${from.minItems} items`, least, () => [ofLength(from, from.minItems)]),
    );
  }
  if (max > to.maxItems) {
    const sent = max === Infinity ? 'any number of items' : `up to ${max} items`;
    const accepted = `at most ${to.maxItems} items`;
    const longer = Math.max(to.maxItems + 1, from.minItems);
    gaps.push(gap('maxItems', sent, accepted, () => [ofLength(from, longer)]));
  }
  if (to.unique && !from.unique && max > 1) {
    const lengths = [Math.max(2, from.minItems), 3];
    gaps.push(
      gap('uniqueItems', 'items may be equal', 'no two items are equal', () =>
        lengths.map((length) => repeating(from, length)),
      ),
    );
  }
  const prefix = Math.max(from.prefix.length, to.prefix.length);
  for (let index = 0; index <= prefix && index < Math.min(max, to.maxItems); index++) {
    const item = itemNode(from, index);
    if (isEmpty(item)) break;
    const embed = (witness: Json) => withItem(from, index, witness);
    for (const inner of compare(item, itemNode(to, index))) {
      gaps.push(nested(inner, index < prefix ? String(index) : '*', embed));
    }
  }
  return gaps;
}

/** Items that an array can really have: none at the first index where none fits. */
function longest(shape: ArrayShape): number {
  for (let index = 0; index <= shape.prefix.length; index++) {
    if (isEmpty(itemNode(shape, index))) return Math.min(index, shape.maxItems);
  }
  return shape.maxItems;
}

function someOf(shape: ArrayShape): (Json | undefined)[] {
  return [SIMPLEST, seeded(1), seeded(2), seeded(3), seeded(4)].map((choices) =>
    sampleShape(shape, choices),
  );
}

function ofLength(shape: ArrayShape, length: number): Json | undefined {
  return sampleShape({ ...shape, minItems: length, maxItems: length });
}

function repeating(shape: ArrayShape, length: number): Json | undefined {
  if (length > shape.maxItems || length > MAX_ITEMS) return undefined;
  const items = Array.from({ length }, (_, index) => sample(itemNode(shape, index)));
  const texts = new Set(items.map((item) => canonicalJson(item)));
  return items.some((item) => item === undefined) || texts.size === length
    ? undefined
    : (items as Json[]);
}

/** An array with `witness` at `index` and the simplest other items. */
function withItem(shape: ArrayShape, index: number, witness: Json): Json | undefined {
  const length = Math.max(index + 1, shape.minItems);
  const base = sampleShape({ ...shape, minItems: length, maxItems: length });
  if (!Array.isArray(base)) return undefined;
  const items = [...base];
  items[index] = witness;
  if (!shape.unique) return items;
  // The witness may equal one of the others: choose those anew until it does not.
  const seen = new Set([canonicalJson(witness)]);
  for (const [at] of items.entries()) {
    if (at === index) continue;
    for (let seed = 0; seed < 40 && seen.has(canonicalJson(items[at])); seed++) {
      items[at] = sample(itemNode(shape, at), seeded(seed)) ?? null;
    }
    seen.add(canonicalJson(items[at]));
  }
  return items;
}
