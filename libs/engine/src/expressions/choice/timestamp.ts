import type { Json } from '../../json.ts';

/** A point in time: whole seconds since 1970 and the nanoseconds after them. */
export interface Instant {
  readonly seconds: number;
  readonly nanoseconds: number;
}

const pattern =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])(\d{2}):(\d{2}))$/;

/**
 * Reads the RFC 3339 profile that the Amazon States Language asks for: an uppercase T, and an
 * uppercase Z or a numeric offset. Undefined for anything else, a day or hour that does not exist
 * included.
 */
export function parseTimestamp(value: Json): Instant | undefined {
  const found = typeof value === 'string' ? pattern.exec(value) : null;
  if (found === null) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return undefined;
  const [offsetHours, offsetMinutes] = [Number(found[9] ?? 0), Number(found[10] ?? 0)];
  if (offsetHours > 23 || offsetMinutes > 59) return undefined;
  const offset = (offsetHours * 60 + offsetMinutes) * 60 * (found[8] === '-' ? -1 : 1);
  return {
    seconds: midnight.getTime() / 1000 + (hour * 60 + minute) * 60 + second - offset,
    nanoseconds: Number((found[7] ?? '').padEnd(9, '0')),
  };
}

export function compareInstants(left: Instant, right: Instant): number {
  return left.seconds - right.seconds || left.nanoseconds - right.nanoseconds;
}
