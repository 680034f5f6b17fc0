import { describe, expect, it } from 'vitest';
import { time } from './time.ts';

describe('a time on the command line', () => {
  it.each([
    ['2026-01-31T08:00:00Z', '2026-01-31T08:00:00.000Z'],
    ['2026-01-31T08:00:00.250+02:00', '2026-01-31T06:00:00.250Z'],
    ['2026-01-31T08:00', '2026-01-31T08:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ])('%s is read, as UTC where it names no offset', (text, expected) => {
    expect(time(text).toISOString()).toBe(expected);
  });

  it.each([
    '1',
    'tomorrow',
    '',
    '2026-1-31',
    '2026-01-31 08:00',
    '2026-13-01',
    '2026-01-31T25:00Z',
  ])('%j is refused with a form to follow', (text) => {
    expect(() => time(text)).toThrow('Write a time as 2026-01-31T08:00:00Z.');
  });

  it.each(['2026-02-30', '2026-02-30T08:00:00Z', '2025-02-29', '2026-04-31'])(
    '%s, which no calendar has, is refused',
    (text) => {
      expect(() => time(text)).toThrow('There is no such day');
    },
  );
});
