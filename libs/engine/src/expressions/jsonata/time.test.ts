import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('in-zone.fixture.ts', import.meta.url));

function inZone(TZ: string, DAYS = '0'): unknown[] {
  const env = { ...process.env, TZ, DAYS };
  const output = execFileSync(process.execPath, [script], { env, encoding: 'utf8' });
  return JSON.parse(output) as unknown[];
}

describe('expressions over time', () => {
  it('are in UTC, from the clock of the run', () => {
    expect(inZone('UTC')).toEqual([
      '2030-01-02T03:04:05.006Z',
      '2030-01-02 03:04 +00:00',
      '22:04-05:00',
      1893553445006,
      1719835200000,
      1719828000000,
      1719792000000,
      1704067200000,
      Date.UTC(2030, 0, 2, 10, 30),
      Date.UTC(2030, 6, 1),
      1719878340000,
      '2024-07-26T13:19:59.999Z',
      'Friday 26th July 2024 1:19 pm',
      '2024-03-31T02:30:00.000Z',
    ]);
  });

  it.each([
    ['America/Los_Angeles', '0'],
    ['Asia/Kolkata', '-200'],
    ['Pacific/Chatham', '3'],
    ['UTC', '100000'],
  ])('are the same in %s, %s days from now', (zone, days) => {
    expect(inZone(zone, days)).toEqual(inZone('UTC'));
  });
});
