import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from './json-text.ts';

describe('the place where a text stops being JSON', () => {
  it.each([
    ['{\n  "account": "1",\n  period: 2\n}', 3, 3, '"period" is not JSON; names and texts'],
    ['{"a": 1,}', 1, 9, 'expected a field name in double quotes, found "}"'],
    ['{"a" 1}', 1, 6, 'expected ":" after the field name, found "1"'],
    ['{"a": 1 "b": 2}', 1, 9, 'expected "," or the end of the object or list'],
    ['[1, 2', 1, 6, 'expected "," or "]", found the end of the text'],
    ['{"a": 1', 1, 8, 'expected "," or "}", found the end of the text'],
    ['', 1, 1, 'expected a value, found the end of the text'],
    ['{"a": undefined}', 1, 7, '"undefined" is not JSON'],
    ["{'a': 1}", 1, 2, 'names and texts stand in double quotes'],
    ['{"a": "x\ny"}', 1, 7, 'does not end on its line'],
    ['{"a": "x', 1, 7, 'does not end on its line'],
    ['{"a": "\\x"}', 1, 7, 'unknown escape'],
    ['{"a": "\u0001"}', 1, 7, 'a control character, which must be escaped'],
    ['{"a": 1.}', 1, 7, 'the number "1." does not end'],
    ['// why\n1', 1, 1, 'JSON has no comments'],
    ['{}\n{}', 2, 1, 'expected the end of the text, found "{"'],
  ])('%j is line %i, column %i', (text, line, column, reason) => {
    expect(readJson(text)).toEqual({
      ok: false,
      fault: { line, column, reason: expect.stringContaining(reason) as string },
    });
  });

  it('is behind a byte order mark, which does not count', () => {
    expect(readJson('\uFEFF{"a": 1}')).toEqual({ ok: true, value: { a: 1 } });
    expect(readJson('\uFEFF{')).toMatchObject({ fault: { line: 1, column: 2 } });
  });

  it.each(['x', '\\n', '\\"', '[', '\\\\'])('is none in a text of %j', (part) => {
    expect(readJson(`["${part.repeat(2_000)}", {}]`).ok).toBe(true);
  });

  it('is none in a text of ten megabytes', () => {
    expect(readJson(`["${'x'.repeat(10_000_000)}", {}]`).ok).toBe(true);
  });

  it.each([1001, 5000, 200_000])('is where it is nested too deep: %i levels', (depth) => {
    const reason = 'it is nested more than 1000 levels deep';
    const fault = { line: 1, column: 1001, reason };
    expect(readJson('['.repeat(depth) + ']'.repeat(depth))).toEqual({ ok: false, fault });
    expect(readJson('['.repeat(depth))).toEqual({ ok: false, fault });
  });

  it('is none in brackets within texts, and in a thousand levels', () => {
    expect(readJson(JSON.stringify('['.repeat(5000)))).toMatchObject({ ok: true });
    expect(readJson('['.repeat(1000) + ']'.repeat(1000))).toMatchObject({ ok: true });
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
        const reading = readJson(text);
        expect(reading.ok).toBe(parses(text));
        if (reading.ok) expect(reading.value).toEqual(JSON.parse(text));
        else expect(reading.fault.reason).not.toBe('');
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
