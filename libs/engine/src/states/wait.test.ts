import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { machine, run, start } from '../testing/run.ts';
import { parseTimestamp } from './wait.ts';

const wait = (fields: { [field: string]: string | number }) =>
  machine({ W: { Type: 'Wait', ...fields, End: true } });

describe('Wait', () => {
  it('takes its time on the run’s clock', async () => {
    const { result } = await run(wait({ Seconds: 90 }));
    expect(result.stopDate - result.startDate).toBe(90_000);
  });

  it('waits until a time, and not at all for one that is past', async () => {
    const until = new Date(start + 5000).toISOString();
    const later = await run(wait({ TimestampPath: '$.at' }), { input: { at: until } });
    expect(later.result.stopDate).toBe(start + 5000);
    const past = await run(wait({ Timestamp: '2001-01-01T00:00:00Z' }));
    expect(past.result.stopDate).toBe(start);
  });

  it('computes its seconds in JSONata', async () => {
    const { result } = await run(
      { QueryLanguage: 'JSONata', ...wait({ Seconds: '{% $states.input.n * 2 %}' }) },
      { input: { n: 3 } },
    );
    expect(result.stopDate - result.startDate).toBe(6000);
  });

  it.each([
    [{}, 'does not reference an input value: $.n'],
    [{ n: -1 }, 'references a negative value: $.n == -1'],
    [{ n: 1.5 }, 'cannot be parsed as a long value: $.n == 1.5'],
  ])('fails on SecondsPath %j', async (input, words) => {
    const { result } = await run(wait({ SecondsPath: '$.n' }), { input });
    expect(result.error).toBe('States.Runtime');
    expect(result.cause).toContain(`The SecondsPath parameter ${words}`);
  });
});

describe('parseTimestamp', () => {
  it('reads every time that JSON’s own form of a Date writes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(parseTimestamp(date.toISOString())).toBe(date.getTime());
        },
      ),
    );
  });

  it.each([
    '2016-12-05 21:29:29Z',
    '2016-12-05T21:29:29',
    '2016-13-05T21:29:29Z',
    '2016-02-30T00:00:00Z',
    7,
  ])('refuses %j', (value) => expect(parseTimestamp(value)).toBeUndefined());

  it('fails as an evaluation where an expression gives no timestamp', async () => {
    for (const value of ['soon', '2026-13-01T00:00:00Z', 5]) {
      const { result, events } = await run(
        {
          QueryLanguage: 'JSONata',
          ...machine({ W: { Type: 'Wait', Timestamp: '{% $states.input.at %}', End: true } }),
        },
        { input: { at: value } },
      );
      expect(result).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
      expect(events[2]?.['evaluationFailedEventDetails']).toMatchObject({
        location: 'Timestamp',
        state: 'W',
      });
    }
  });

  it('does not take a time that is further away than the service counts', async () => {
    const day = 24 * 3600 * 1000;
    const until = (days: number) =>
      run(machine({ W: { Type: 'Wait', TimestampPath: '$', End: true } }), {
        input: new Date(start + days * day).toISOString(),
        limits: { standardDurationMs: Infinity },
      });
    expect((await until(24_855)).result.status).toBe('SUCCEEDED');
    expect((await until(24_856)).result).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
    });
  });
});
