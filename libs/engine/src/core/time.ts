/** A time as the context object, Wait and the sync envelopes show it: `2026-01-31T12:00:00.000Z`. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
