import { UsageError } from '../usage-error.ts';

const ISO = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** An ISO 8601 time; UTC where it has no offset. @throws UsageError */
export function parseStartTime(text: string): Date {
  const match = ISO.exec(text);
  const time = new Date(match !== null && text.includes('T') && !match[1] ? `${text}Z` : text);
  if (match === null || Number.isNaN(time.getTime())) {
    throw new UsageError(
      `--start-time ${JSON.stringify(text)} is not a time: write it as 2026-01-31T08:00:00Z.`,
    );
  }
  return time;
}
