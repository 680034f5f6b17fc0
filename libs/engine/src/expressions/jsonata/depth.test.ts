import { describe, expect, it } from 'vitest';
import { parseJsonata } from './parse.ts';
import { jsonataDepth, maxJsonataDepth } from './depth.ts';

const depthOf = (text: string) => jsonataDepth(parseJsonata(text));

describe('the depth of an expression', () => {
  it.each([
    ['1', 1],
    ['1 + 1', 2],
    ['1 + 1 + 1', 3],
    ['$states.input.a', 2],
    ['$states.input.a[b = 1]', 4],
    ['$sum([1, 2])', 3],
  ])('counts %s as %i', (text, depth) => {
    expect(depthOf(text)).toBe(depth);
  });

  it('grows by one with each term of a chain, past the bound at 101', () => {
    const chain = (terms: number) => Array.from({ length: terms }, () => '1').join(' + ');
    expect(depthOf(chain(100))).toBe(maxJsonataDepth);
    expect(depthOf(chain(101))).toBe(maxJsonataDepth + 1);
  });
});
