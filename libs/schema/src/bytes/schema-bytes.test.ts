import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { JsonSchema } from '../json.ts';
import { schemaBytes } from './schema-bytes.ts';

describe('schemaBytes', () => {
  const bytes = (schema: z.ZodType) =>
    schemaBytes(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema, 'payload');

  test.each([
    [
      z.object({ a: z.string().max(10), b: z.enum(['x', 'long']) }),
      { a: 'é'.repeat(10), b: 'long' },
    ],
    [z.array(z.object({ n: z.number() })).max(3), [{ n: -1.5e-300 }, { n: 1 }, { n: 2 }]],
    [z.union([z.literal(1), z.string().max(3)]), '🙂🙂'],
  ])('is never below a value', (schema, value) => {
    const found = bytes(schema);
    expect(found.assumed).toEqual([]);
    expect(found.bytes).toBeGreaterThanOrEqual(Buffer.byteLength(JSON.stringify(value)));
  });

  test('names what has no bound', () => {
    const schema = z.object({ a: z.string(), b: z.array(z.string().max(2)), c: z.unknown() });
    expect(bytes(schema).assumed).toEqual(['payload.a', 'payload.b', 'payload.c']);
  });
});
