import { describe, expect, it } from 'vitest';
import { type BreachInput, type CostAndUsage, findBreaches } from './find-breaches.ts';

/** GetCostAndUsage by month, without groups, as Step Functions returns it. */
function usage(...amounts: string[]): CostAndUsage {
  const results = amounts.map((Amount, index) => ({
    Estimated: index === amounts.length - 1,
    Groups: [],
    TimePeriod: { Start: `2026-0${index + 1}-01`, End: `2026-0${index + 2}-01` },
    Total: { UnblendedCost: { Amount, Unit: 'USD' } },
  }));
  return { ResultsByTime: results };
}

function forecast(Amount: string): BreachInput['forecast'] {
  return { Total: { Amount, Unit: 'USD' } };
}

function input(
  changes: Partial<BreachInput> & { thresholds?: number[]; budget?: number },
): BreachInput {
  const { thresholds = [50, 80, 100], budget = 1000, ...rest } = changes;
  return {
    payload: {
      account: { id: '123456789012', name: 'Büro' },
      period: { start: '2026-11-01', end: '2026-12-01' },
    },
    configuration: {
      basis: 'actual',
      monthlyBudget: { amount: budget, currency: 'USD' },
      thresholds,
      topicArn: 'arn:aws:sns:us-east-1:123456789012:billing-alerts',
    },
    plan: { months: 1, actual: null, forecast: null },
    ...rest,
  };
}

describe('findBreaches', () => {
  it('reports the thresholds that spend reaches, in order, each once', () => {
    const { report } = findBreaches(
      input({ actual: usage('842.1673829015'), thresholds: [100, 80, 50, 80] }),
    );
    expect(report).toEqual({
      basis: 'actual',
      spend: { amount: 842.17, currency: 'USD' },
      budget: { amount: 1000, currency: 'USD' },
      breachedThresholds: [50, 80],
    });
  });

  it('adds up months and the forecast', () => {
    const { report } = findBreaches(
      input({ actual: usage('100.105', '200.2'), forecast: forecast('50.01') }),
    );
    expect(report.spend.amount).toBe(350.32);
  });

  it('counts a threshold as breached when spend, in cents, equals it', () => {
    const breached = (amount: string) =>
      findBreaches(input({ actual: usage(amount), thresholds: [80] })).report.breachedThresholds;
    expect(breached('799.994')).toEqual([]);
    expect(breached('799.995')).toEqual([80]);
    expect(breached('800')).toEqual([80]);
  });

  it('counts the monthly budget once a month', () => {
    const plan = { months: 3, actual: null, forecast: null };
    expect(findBreaches(input({ plan, budget: 0.1 })).report.budget.amount).toBe(0.3);
  });

  it('alerts about breaches only', () => {
    expect(findBreaches(input({ actual: usage('499.99') })).alert).toBeNull();
    expect(findBreaches(input({})).alert).toBeNull();
  });

  it('writes a message for people and a subject that SNS accepts', () => {
    const { alert } = findBreaches(input({ actual: usage('842.1673829015') }));
    expect(alert).toEqual({
      subject: 'Billing alert: account 123456789012 at 84% of its budget (actual)',
      message: [
        'Account:    Büro (123456789012)',
        'Period:     2026-11-01 up to, not including, 2026-12-01',
        'Spend:      842.17 USD (actual)',
        'Budget:     1000.00 USD, that is 1000.00 USD a month',
        'Thresholds: 50%, 80% reached',
      ].join('\n'),
    });
  });

  it('keeps the subject within what SNS accepts at the extremes', () => {
    const { alert } = findBreaches(input({ actual: usage('9999999999999'), budget: 0.01 }));
    expect(alert?.subject).toMatch(/^[ -~]{1,99}$/);
  });

  it('takes a month without any usage, which has no metric, as nothing', () => {
    const actual = { ResultsByTime: [{ Total: {} }, ...usage('3').ResultsByTime] };
    expect(findBreaches(input({ actual })).report.spend.amount).toBe(3);
  });

  it('refuses to compare currencies', () => {
    const actual = { ResultsByTime: [{ Total: { UnblendedCost: { Amount: '5', Unit: 'EUR' } } }] };
    expect(() => findBreaches(input({ actual }))).toThrow(
      expect.objectContaining({
        name: 'CurrencyMismatch',
        message: expect.stringContaining('configuration.monthlyBudget.currency is USD') as string,
      }),
    );
  });

  it('refuses the first of several pages rather than report half the cost', () => {
    expect(() => findBreaches(input({ actual: { ...usage('5'), NextPageToken: 'x' } }))).toThrow(
      expect.objectContaining({ name: 'IncompleteCost' }),
    );
  });
});
