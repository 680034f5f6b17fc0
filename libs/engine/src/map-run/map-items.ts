import type { Json, JsonObject } from '../json.ts';

/** Items that have one source. */
export interface ItemSection {
  readonly items: readonly Json[];
  /** They are an object's entries: `{ Key, Value }`. */
  readonly keyed: boolean;
  /** `STATE_DATA`, or where in S3 they are from. */
  readonly source: string;
}

/** The items of what is mapped over: an array's, or an object's entries. */
export function sectionOf(value: Json[] | JsonObject, source: string): ItemSection {
  return Array.isArray(value)
    ? { items: value, keyed: false, source }
    : { items: entriesOf(value), keyed: true, source };
}

function entriesOf(object: JsonObject): Json[] {
  return Object.entries(object).map(([Key, Value]) => ({ Key, Value }));
}

/** What a Map Run maps over: sections one after the other, up to a number of items. */
export class MapItems {
  readonly length: number;
  readonly #sections: readonly ItemSection[];
  /** Of each section, the index of its first item. */
  readonly #starts: readonly number[];

  constructor(sections: readonly ItemSection[], max = Infinity) {
    this.#sections = sections;
    let start = 0;
    this.#starts = sections.map(({ items }) => {
      const first = start;
      start += items.length;
      return first;
    });
    this.length = Math.min(start, max);
  }

  at(index: number): Json {
    const [section, offset] = this.#find(index);
    return section.items[offset] as Json;
  }

  /**
   * The context object's Map while this item is selected or worked on
   * (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html).
   */
  contextOf(index: number): JsonObject {
    const [{ items, keyed, source }, offset] = this.#find(index);
    const item = items[offset] as Json;
    if (!keyed) return { Item: { Index: index, Value: item, Source: source } };
    const { Key, Value } = item as { Key: string; Value: Json };
    return { Item: { Index: index, Key, Value, Source: source } };
  }

  #find(index: number): [ItemSection, number] {
    let low = 0;
    let high = this.#sections.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= index) low = middle;
      else high = middle - 1;
    }
    return [this.#sections[low] as ItemSection, index - (this.#starts[low] as number)];
  }
}
