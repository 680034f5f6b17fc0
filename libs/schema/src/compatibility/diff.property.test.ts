import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../json.ts';
import { refute } from '../testing/refutes.ts';
import { arbitrarySchema, pair, rooted } from '../testing/schemas.ts';
import { diffSchemas } from './diff.ts';

describe('diffSchemas on random pairs of schemas', () => {
  test('never calls compatible what a value refutes, and confirms each counterexample', () => {
    fc.assert(
      fc.property(pair, fc.boolean(), ([old, next], output) => {
        const [from, to] = output ? [next, old] : [old, next];
        const diff = diffSchemas(old, next, output ? 'output' : 'input');
        expect(refute(from, to, diff)).toBeUndefined();
      }),
      { numRuns: Number(process.env['HARMONY_FUZZ_RUNS'] ?? 120) },
    );
  });

  test('a schema is compatible with itself, in both directions', () => {
    fc.assert(
      fc.property(rooted, (schema) => {
        const copy = JSON.parse(JSON.stringify(schema)) as JsonSchema;
        expect(diffSchemas(schema, copy, 'input')).toEqual({ verdict: 'compatible', changes: [] });
      }),
      { numRuns: 60 },
    );
  });

  test('a schema with one more option is compatible as input', () => {
    fc.assert(
      fc.property(arbitrarySchema, arbitrarySchema, (schema, more) => {
        const root = (node: JsonSchema): JsonSchema => ({
          anyOf: [node],
          $defs: { d: { type: 'null' } },
        });
        const wider: JsonSchema = { anyOf: [schema, more], $defs: { d: { type: 'null' } } };
        expect(diffSchemas(root(schema), wider, 'input').verdict).not.toBe('breaking');
      }),
      { numRuns: 60 },
    );
  });
});
