import type { JsonSchema } from '../json.ts';
import { InvalidSchema } from './invalid-schema.ts';
import { readSchema } from './read-schema.ts';

/**
 * Reads the text of a schema file. A number that a double cannot hold (2^53 + 1) is refused: rounded
 * it would be another schema.
 * @throws {SyntaxError} where the text is no JSON
 * @throws {InvalidSchema} as `readSchema`
 */
export function parseSchema(text: string): JsonSchema {
  const value: unknown = JSON.parse(text, (key, item: unknown, context?: { source?: string }) => {
    const source = context?.source;
    if (typeof item !== 'number' || source === undefined || isExact(source, item)) return item;
    throw new InvalidSchema([
      { path: key, message: `${source} is a number that JSON readers round to ${item}` },
    ]);
  });
  readSchema(value);
  return value as JsonSchema;
}

/** Whole numbers only: a decimal fraction is always the nearest double, to every reader. */
function isExact(source: string, value: number): boolean {
  return !/^-?\d+$/.test(source) || BigInt(source) === BigInt(value);
}
