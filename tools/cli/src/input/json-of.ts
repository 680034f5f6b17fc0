import { readJson } from '@harmony/schema/json-text';
import { UsageError } from '../usage-error.ts';

/**
 * Reads a text that the user gave as JSON.
 * @param source of the text, which stands before the line and column
 * @param what it is, for the message: `the input`
 * @throws UsageError where it is not JSON
 */
export function jsonOf(text: string, source: string, what: string): unknown {
  const reading = readJson(text);
  if (reading.ok) return reading.value;
  const { line, column, reason } = reading.fault;
  throw new UsageError(`${source}:${line}:${column}: ${what} is not JSON: ${reason}.`);
}
