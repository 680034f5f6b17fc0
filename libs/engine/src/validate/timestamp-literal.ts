import { parseTimestamp } from '../expressions/choice/timestamp.ts';
import type { Check } from './check.ts';
import { hasPlaceholder } from './placeholders.ts';
import { refuse } from './place.ts';

/** A timestamp written into the definition. */
export const timestampLiteral: Check = (value, place) => {
  if (typeof value === 'string') {
    if (place.state.options.placeholders && hasPlaceholder(value)) return;
    if (parseTimestamp(value) !== undefined) return;
  }
  refuse(
    place,
    `Expected an RFC 3339 timestamp such as 2030-01-31T12:00:00Z, got ${JSON.stringify(value)}`,
  );
};
