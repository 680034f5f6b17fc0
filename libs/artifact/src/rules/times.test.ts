import { describe, expect, test } from 'vitest';
import { checkChains, checkTimeout, checkTimes, type TimedTarget } from './times.ts';

const YEAR = 365 * 24 * 3600;
const frame = { payload: { type: 'object', properties: {} }, timeout: 3600 } as const;
const problems = (target: TimedTarget) =>
  checkTimes(target, frame).map(({ path, reason }) => `${path}: ${reason}`);

describe('a timeout', () => {
  test.each([1, 3600, YEAR])('of %s seconds is one that an execution can have', (timeout) => {
    expect(checkTimeout(timeout)).toEqual([]);
  });

  test.each([0, -1, 1.5, YEAR + 1, Number.NaN, Infinity, '60', null, undefined])(
    'of %s is refused, with what is expected',
    (timeout) => {
      expect(checkTimeout(timeout)).toEqual([
        {
          ...{ code: 'TIMEOUT', path: 'timeout' },
          reason: `expected whole seconds from 1 to ${YEAR} (one year), got ${String(timeout)}`,
        },
      ]);
    },
  );
});

describe("a target's timeout", () => {
  test.each<TimedTarget>([
    {},
    { timeout: 3600 },
    { timeout: 3000, delay: 600 },
    { timeout: 1, delay: 3599 },
  ])("that ends with the orchestration's at the latest is accepted: %j", (target) => {
    expect(problems(target)).toEqual([]);
  });

  test.each<[TimedTarget, string]>([
    [{ timeout: 3601 }, 'timeout: is 3601 seconds, but'],
    [{ timeout: 3001, delay: 600 }, 'timeout: is 3001 seconds, 600 after the start, but'],
    [{ timeout: 1, delay: 3600 }, "delay: 3600 seconds would never end: the orchestration's"],
    [{ timeout: 0 }, 'timeout: expected whole seconds'],
    [{ delay: 3600 }, 'delay: 3600 seconds would never end'],
    [{ delay: YEAR }, 'delay: 31536000 seconds would never end: an execution lives one year'],
    [{ delay: 100_000_000 }, 'delay: expected whole seconds from 0 to 99999999'],
  ])('that could never pass is refused: %j', (target, expected) => {
    expect(problems(target)).toEqual([expect.stringContaining(expected)]);
  });

  test('is told with what to do', () => {
    expect(problems({ timeout: 3601 })[0]).toContain('3600, ends the run before: lengthen that');
  });
});

describe('targets that wait for one another', () => {
  const chain = (first: TimedTarget, second: TimedTarget) =>
    checkChains(
      [
        { id: 'second', ...second, dependsOn: ['first'] },
        { id: 'first', ...first },
      ],
      3600,
    ).map(({ target, path, reason }) => `${target} ${path}: ${reason}`);

  test.each<[TimedTarget, TimedTarget]>([
    [{ timeout: 1800 }, { timeout: 1800 }],
    [{ delay: 3000, timeout: 300 }, { delay: 300 }],
    [{ timeout: 3600 }, {}],
    [{}, { timeout: 3600 }],
    // Said of the one target alone already.
    [{ timeout: 3601 }, { timeout: 1 }],
    [{}, { timeout: 3601 }],
  ])('within the timeout of the orchestration are accepted: %j, then %j', (first, second) => {
    expect(chain(first, second)).toEqual([]);
  });

  test.each<[TimedTarget, TimedTarget, string]>([
    [
      { timeout: 1801 },
      { timeout: 1800 },
      'second timeout: delays and timeouts of what it waits for (first) may take 1801 seconds and its own 1800, but',
    ],
    [{ delay: 2000 }, { delay: 2000 }, 'second delay: '],
    [{ delay: 2000 }, { delay: 1000, timeout: 601 }, 'second timeout: '],
  ])('beyond it are refused at the last: %j, then %j', (first, second, expected) => {
    expect(chain(first, second)).toEqual([expect.stringContaining(expected)]);
  });

  test('are no chain where nothing waits', () => {
    const targets = ['a', 'b'].map((id) => ({ id, timeout: 3600 }));
    expect(checkChains(targets, 3600)).toEqual([]);
  });
});
