import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault } from './json-fault.ts';

describe('the place where a text stops being JSON', () => {
  it.each([
    ['{\n  "account": "1",\n  period: 2\n}', 3, 3, 'expected a field name in double quotes'],
    ['{"a": 1,}', 1, 9, 'expected a field name in double quotes, found "}"'],
    ['{"a" 1}', 1, 6, 'expected ":" after the field name, found "1"'],
    ['{"a": 1 "b": 2}', 1, 9, 'expected "," or "}"'],
    ['[1, 2', 1, 6, 'expected "," or "]", found the end of the file'],
    ['', 1, 1, 'expected a value, found the end of the file'],
    ['{"a": undefined}', 1, 7, 'expected a value, found "undefined"'],
    ['{"a": 01}', 1, 7, 'expected a value, found "01"'],
    ["{'a': 1}", 1, 2, 'expected a field name in double quotes'],
    ['{"a": "x\ny"}', 1, 9, 'a line break or control character in a string'],
    ['{"a": "x', 1, 7, 'a string that never ends'],
    ['{"a": "\\x"}', 1, 8, 'unknown escape in a string'],
    ['{}\n{}', 2, 1, 'expected the end of the document'],
  ])('%j is line %i, column %i', (text, line, column, reason) => {
    expect(findJsonFault(text)).toEqual({
      line,
      column,
      reason: expect.stringContaining(reason) as string,
    });
  });

  it('is found exactly where JSON.parse refuses a text', () => {
    const mutated = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', '{', '}', ',', '"', '0', ' ', 'e', '\\', '\n'),
      )
      .map(([json, at, piece]) => {
        const index = at % (json.length + 1);
        return json.slice(0, index) + piece + json.slice(index + (at % 2));
      });
    fc.assert(
      fc.property(mutated, (text) => {
        expect(findJsonFault(text) === undefined).toBe(parses(text));
      }),
      { numRuns: 2000 },
    );
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
