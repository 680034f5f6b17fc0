import type { BillingAlertsInput } from '@harmony/billing-alerts-contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planPeriods } from './plan-periods.ts';

const now = new Date('2026-11-22T06:00:00Z');

function input(
  basis: 'actual' | 'forecast',
  start: string,
  end: string,
): Pick<BillingAlertsInput, 'payload' | 'configuration'> {
  return {
    payload: { account: { id: '123456789012' }, period: { start, end } },
    configuration: {
      basis,
      monthlyBudget: { amount: 1000, currency: 'USD' },
      thresholds: [100],
      topicArn: 'arn:aws:sns:us-east-1:123456789012:billing-alerts',
    },
  };
}

describe('planPeriods', () => {
  it('asks for actual cost up to and including today', () => {
    expect(planPeriods(input('actual', '2026-11-01', '2026-12-01'), now)).toEqual({
      months: 1,
      actual: { Start: '2026-11-01', End: '2026-11-23' },
      forecast: null,
    });
  });

  it('splits a period at today when the rest is to be forecast', () => {
    expect(planPeriods(input('forecast', '2026-11-01', '2026-12-01'), now)).toEqual({
      months: 1,
      actual: { Start: '2026-11-01', End: '2026-11-22' },
      forecast: { Start: '2026-11-22', End: '2026-12-01' },
    });
  });

  it.each(['actual', 'forecast'] as const)('takes a past period as it is, basis %s', (basis) => {
    expect(planPeriods(input(basis, '2026-08-01', '2026-11-01'), now)).toEqual({
      months: 3,
      actual: { Start: '2026-08-01', End: '2026-11-01' },
      forecast: null,
    });
  });

  it('forecasts a period that has not begun and asks for no actual cost of it', () => {
    expect(planPeriods(input('forecast', '2026-12-01', '2027-02-01'), now)).toEqual({
      months: 2,
      actual: null,
      forecast: { Start: '2026-12-01', End: '2027-02-01' },
    });
    expect(planPeriods(input('actual', '2026-12-01', '2027-01-01'), now)).toMatchObject({
      actual: null,
      forecast: null,
    });
  });

  it('counts a month that the period only touches', () => {
    expect(planPeriods(input('actual', '2025-12-31', '2026-02-02'), now).months).toBe(3);
  });

  it.each(['2026-11-01', '2026-10-31'])('refuses the period 2026-11-01 to %s', (end) => {
    expect(() => planPeriods(input('actual', '2026-11-01', end), now)).toThrow(
      expect.objectContaining({
        name: 'InvalidPeriod',
        message: expect.stringContaining(`payload.period.end is ${end}`) as string,
      }),
    );
  });

  it('covers each day of a forecast period exactly once', () => {
    const time = fc.date({
      min: new Date('2025-01-01'),
      max: new Date('2027-12-31'),
      noInvalidDate: true,
    });
    const day = time.map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, time, (start, end, at) => {
        fc.pre(start < end);
        const { actual, forecast } = planPeriods(input('forecast', start, end), at);
        const parts = [actual, forecast].filter((part) => part !== null);
        expect(parts[0]?.Start).toBe(start);
        expect(parts.at(-1)?.End).toBe(end);
        if (parts.length === 2) expect(parts[0]?.End).toBe(parts[1]?.Start);
        for (const part of parts) expect(part.Start < part.End).toBe(true);
      }),
    );
  });
});
