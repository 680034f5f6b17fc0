import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json } from '../src/index.ts';
import { runCase } from './adapter.ts';
import { difference } from './difference.ts';
import { readSuite } from './suite.ts';
import { suitePage } from './table.ts';

const suite = readSuite();

describe.each(suite)('$theme', ({ cases }) => {
  it.each(cases)('$name', async (suiteCase) => {
    const observed = await runCase(suiteCase);
    // `status` and `refused` keep each other out: what was not expected is a difference.
    const { events, ...rest } = observed;
    const wanted = suiteCase.expect;
    const seen = { ...rest, ...(wanted.events !== undefined && { events }) };
    const ignored = wanted.cause === undefined ? ['cause'] : [];
    const compared = Object.fromEntries(
      Object.entries(seen).filter(([field]) => !ignored.includes(field)),
    );
    expect(difference(wanted as Json, compared as Json)).toBeUndefined();
  });
});

describe('the suite', () => {
  it('names what every case rests on', () => {
    for (const { source } of suite.flatMap(({ cases }) => cases)) {
      expect(source).toMatch(/^https:\/\/(?:docs\.aws\.amazon\.com|github\.com)\//);
    }
  });

  it('has a name for each case once', () => {
    const names = suite.flatMap(({ cases }) => cases.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
  });

  it('tells a difference: a value, a field too many, a pattern that finds nothing', () => {
    expect(difference({ a: 1 }, { a: 2 })).toBe('/a: expected 1, got 2');
    expect(difference({ a: 1 }, { a: 1, b: 2 })).toBeDefined();
    expect(difference({ $contains: { a: 1 } }, { a: 1, b: 2 })).toBeUndefined();
    expect(difference({ $match: '^a' }, 'ba')).toBeDefined();
    expect(difference([1, { $match: 'a' }], [1, 'ba'])).toBeUndefined();
    expect(difference([1], [1, 2])).toBeDefined();
  });

  it('is in docs/engine-suite.md as it is here (libs/engine/suite/write.ts writes it)', () => {
    const page = readFileSync(
      resolve(import.meta.dirname, '../../../docs/engine-suite.md'),
      'utf8',
    );
    expect(page).toBe(suitePage(suite));
  });
});
