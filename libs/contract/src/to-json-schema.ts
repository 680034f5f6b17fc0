import * as z from 'zod';
import type { JsonSchema } from '@harmony/schema';

/**
 * JSON Schema 2020-12 of a Zod schema, as plain JSON.
 * @param side `input`: what a caller may write (fields with a default are optional); `output`:
 * what parsing gives back
 */
export function toJsonSchema(schema: z.core.$ZodType, side: 'input' | 'output'): JsonSchema {
  const converted = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: side,
    override: ({ jsonSchema }) => {
      // Zod names its own formats too (`starts_with`), and means other things by the common ones
      // than validators do. The pattern beside it is what Zod checks: let it be the only truth.
      if (jsonSchema.pattern !== undefined || jsonSchema.allOf !== undefined) {
        delete jsonSchema.format;
      }
    },
  });
  // The result carries properties that are no JSON (Zod's Standard Schema hooks).
  return JSON.parse(JSON.stringify(converted)) as JsonSchema;
}
