import { describe, expect, expectTypeOf, it } from 'vitest';
import { billingAlerts, type BillingAlertsInput, type BillingAlertsOutput } from './index.ts';

const payload = {
  account: { id: '123456789012' },
  period: { start: '2026-11-01', end: '2026-12-01' },
};
const configuration = {
  basis: 'actual',
  monthlyBudget: { amount: 1000 },
  thresholds: [50],
  topicArn: 'arn:aws:sns:us-east-1:123456789012:billing-alerts',
};

describe('billingAlerts', () => {
  it('counts in US dollars unless told', () => {
    expect(billingAlerts.parse({ payload, configuration }).configuration.monthlyBudget).toEqual({
      amount: 1000,
      currency: 'USD',
    });
  });

  it.each([
    ['payload.account.id', { ...payload, account: { id: 123456789012 } }, {}],
    ['payload.period.end', { ...payload, period: { start: '2026-02-01', end: '2026-02-30' } }, {}],
    ['configuration.basis', payload, { basis: 'guess' }],
    ['configuration.monthlyBudget.amount', payload, { monthlyBudget: { amount: 0 } }],
    ['configuration.thresholds[1]', payload, { thresholds: [50, '80'] }],
    ['configuration.thresholds', payload, { thresholds: [] }],
    ['configuration.topicArn', payload, { topicArn: `${configuration.topicArn}.fifo` }],
    [
      'configuration.topicArn',
      payload,
      { topicArn: 'arn:aws:sns:us-east-1:123456789012:another-topic' },
    ],
    ['configuration.treshold', payload, { treshold: 50 }],
  ])('refuses a wrong %s by its path', (path, given, changes) => {
    const parse = () =>
      billingAlerts.parse({ payload: given, configuration: { ...configuration, ...changes } });
    expect(parse).toThrow(
      expect.objectContaining({
        name: 'ContractViolation',
        message: expect.stringContaining(path) as string,
      }),
    );
  });

  it('types what states read and put out', () => {
    expectTypeOf<BillingAlertsInput['configuration']['monthlyBudget']>().toEqualTypeOf<{
      amount: number;
      currency: string;
    }>();
    expectTypeOf<BillingAlertsOutput['breachedThresholds']>().toEqualTypeOf<number[]>();
  });
});
