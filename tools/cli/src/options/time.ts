import { InvalidArgumentError } from 'commander';

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * Reads an option's ISO 8601 time; UTC where it names no offset.
 * @throws InvalidArgumentError for anything else, and for a day that no calendar has
 */
export function time(text: string): Date {
  const match = ISO.exec(text);
  if (match !== null) {
    const [, year, month, day, offset] = match;
    const date = new Date(text.includes('T') && offset === undefined ? `${text}Z` : text);
    // V8 reads 30 February as 2 March.
    const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
    if (!Number.isNaN(date.getTime()) && Number(day) <= last) return date;
    if (Number(month) <= 12 && Number(day) > last) {
      throw new InvalidArgumentError(`There is no such day: that month has ${last}.`);
    }
  }
  throw new InvalidArgumentError('Write a time as 2026-01-31T08:00:00Z.');
}
