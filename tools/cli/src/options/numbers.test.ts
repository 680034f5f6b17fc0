import { describe, expect, it } from 'vitest';
import { wholeNumber } from './numbers.ts';

describe('a whole number on the command line', () => {
  it('is read within its bounds', () => {
    expect(wholeNumber(0)('0')).toBe(0);
    expect(wholeNumber(1, 64)('64')).toBe(64);
  });

  it.each(['1e9', '0x10', '1.5', '-1', '', ' 4', '99999999999999999999'])('%j is none', (text) => {
    expect(() => wholeNumber(0)(text)).toThrow('Give a whole number, 0 or more.');
  });

  it.each(['0', '65', '1000000000'])('%s outside of its bounds is refused', (text) => {
    expect(() => wholeNumber(1, 64)(text)).toThrow('Give a whole number from 1 to 64.');
  });
});
