import type { Json } from '../../json.ts';
import { jsonEquals } from '../deep-equal.ts';

/**
 * The different items of an array, in the order in which a java.util.HashSet made of that array
 * hands them out: by bucket, and within a bucket as they came. `[true, false]` comes back as
 * `[false, true]`: that is what the service answers.
 */
export function hashSet(items: readonly Json[]): Json[] {
  const buckets = new Map<number, { hash: number; item: Json }[]>();
  const size = tableSize(items.length);
  for (const item of items) {
    const hash = spread(javaHash(item));
    const index = hash & (size - 1);
    const bucket = buckets.get(index) ?? [];
    if (bucket.some((seen) => seen.hash === hash && jsonEquals(seen.item, item))) continue;
    bucket.push({ hash, item });
    buckets.set(index, bucket);
  }
  return [...buckets]
    .sort(([left], [right]) => left - right)
    .flatMap(([, bucket]) => bucket.map(({ item }) => item));
}

/** The capacity that `new HashSet<>(collection)` starts with: room at a load of three quarters. */
function tableSize(length: number): number {
  const wanted = Math.max(Math.trunc(length / 0.75) + 1, 16);
  return 2 ** Math.ceil(Math.log2(wanted));
}

/** HashMap folds the upper half of a hash into the lower. */
function spread(hash: number): number {
  return hash ^ (hash >>> 16);
}

/** `hashCode` of the value's Java counterpart, as a 32-bit integer. */
function javaHash(value: Json): number {
  if (value === null) return 0;
  if (Array.isArray(value)) {
    return value.reduce<number>((hash, item) => (Math.imul(31, hash) + javaHash(item)) | 0, 1);
  }
  switch (typeof value) {
    case 'boolean':
      return value ? 1231 : 1237;
    case 'number':
      return numberHash(value);
    case 'string':
      return stringHash(value);
    default:
      return Object.entries(value).reduce(
        (hash, [key, item]) => (hash + (stringHash(key) ^ javaHash(item))) | 0,
        0,
      );
  }
}

function stringHash(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(31, hash) + text.charCodeAt(at)) | 0;
  return hash;
}

/** Integer, Long and Double, whichever the JSON reader makes of it. */
function numberHash(value: number): number {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 31) return value | 0;
  const view = new DataView(new ArrayBuffer(8));
  if (Number.isSafeInteger(value)) view.setBigInt64(0, BigInt(value));
  else view.setFloat64(0, value);
  return view.getInt32(0) ^ view.getInt32(4);
}
