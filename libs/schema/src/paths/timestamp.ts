import type { JsonSchema } from '../json.ts';

/** Whether a schema takes ISO 8601 timestamps and no other text. By example: a schema says `date-time` in many ways, most of them a pattern. */
export function isTimestamp(schema: JsonSchema): boolean {
  if (typeof schema !== 'object' || schema['type'] !== 'string') return false;
  if (schema['format'] === 'date-time') return true;
  if (typeof schema['pattern'] !== 'string') return false;
  const pattern = new RegExp(schema['pattern'], 'u');
  const others = ['', 'x', '2026-01-31', '06:00:00', '2026-01-31 06:00:00Z', '2026-01-31T06:00:00'];
  return pattern.test('2026-01-31T06:00:00Z') && !others.some((text) => pattern.test(text));
}
