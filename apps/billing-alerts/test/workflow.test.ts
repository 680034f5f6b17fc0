import { billingAlerts } from '@harmony/billing-alerts-contract';
import { type ChildUnderTest, synthesiseChild } from '@harmony/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { BillingAlerts } from '../src/index.ts';

const topicArn = 'arn:aws:sns:us-east-1:123456789012:billing-alerts';
const input = {
  payload: {
    account: { id: '123456789012', name: 'Shop' },
    period: { start: '2026-11-01', end: '2026-12-01' },
  },
  configuration: {
    basis: 'actual',
    monthlyBudget: { amount: 1000, currency: 'USD' },
    thresholds: [50, 80, 100],
    topicArn,
  },
};
const forecast = { ...input, configuration: { ...input.configuration, basis: 'forecast' } };
const filter = { Dimensions: { Key: 'LINKED_ACCOUNT', Values: ['123456789012'] } };

describe('billing-alerts', () => {
  let child: ChildUnderTest;
  beforeAll(async () => {
    child = await synthesiseChild('billing-alerts', (stack, stage) => {
      new BillingAlerts(stack, 'Workflow', { stage });
    });
    return () => child[Symbol.dispose]();
  });

  const run = (mocksCase: string, given: object = input) => child.run(mocksCase, given);
  const services = async (mocksCase: string, given?: object) =>
    (await run(mocksCase, given)).calls.map(({ service }) => service);

  it('compares the cost so far with the budget and publishes one alert', async () => {
    const { status, output, calls } = await run('HappyPath');
    expect(status).toBe('SUCCEEDED');
    expect(output).toEqual({
      basis: 'actual',
      spend: { amount: 842.17, currency: 'USD' },
      budget: { amount: 1000, currency: 'USD' },
      breachedThresholds: [50, 80],
      notified: true,
    });
    expect(() => billingAlerts.output.parse(output)).not.toThrow();
    expect(calls).toEqual([
      {
        service: 'costexplorer:getCostAndUsage',
        parameters: {
          TimePeriod: { Start: '2026-11-01', End: '2026-11-23' },
          Granularity: 'MONTHLY',
          Metrics: ['UnblendedCost'],
          Filter: filter,
        },
      },
      {
        service: 'sns:publish',
        parameters: {
          TopicArn: topicArn,
          Subject: 'Billing alert: account 123456789012 at 84% of its budget (actual)',
          Message: expect.stringContaining('Account:    Shop (123456789012)') as string,
        },
      },
    ]);
  });

  it('adds the forecast of the days to come', async () => {
    const { output, calls } = await run('HappyPath', forecast);
    expect(output).toMatchObject({
      basis: 'forecast',
      spend: { amount: 1243.72, currency: 'USD' },
      breachedThresholds: [50, 80, 100],
    });
    expect(calls.map(({ service }) => service)).toEqual([
      'costexplorer:getCostAndUsage',
      'costexplorer:getCostForecast',
      'sns:publish',
    ]);
    expect(calls[1]?.parameters).toEqual({
      TimePeriod: { Start: '2026-11-22', End: '2026-12-01' },
      Granularity: 'MONTHLY',
      Metric: 'UNBLENDED_COST',
      Filter: filter,
    });
  });

  it('publishes nothing within the budget', async () => {
    const { output, calls } = await run('WithinBudget', forecast);
    expect(output).toMatchObject({ breachedThresholds: [], notified: false });
    expect(calls.map(({ service }) => service)).not.toContain('sns:publish');
  });

  it('counts the budget for every month of the period', async () => {
    const payload = { ...input.payload, period: { start: '2026-10-01', end: '2026-12-01' } };
    const { output } = await run('SeveralMonths', { ...input, payload });
    expect(output).toMatchObject({
      spend: { amount: 2052.72 },
      budget: { amount: 2000 },
      breachedThresholds: [50, 80, 100],
    });
  });

  it('asks nothing about a period that has not begun', async () => {
    const payload = { ...input.payload, period: { start: '2026-12-01', end: '2027-01-01' } };
    expect(await services('HappyPath', { ...input, payload })).toEqual([]);
  });

  it('tries again when Cost Explorer throttles', async () => {
    const { output, calls } = await run('ThrottledTwice', forecast);
    expect(output).toMatchObject({ spend: { amount: 1243.72 } });
    expect(calls.map(({ service }) => service)).toEqual([
      'costexplorer:getCostAndUsage',
      'costexplorer:getCostAndUsage',
      'costexplorer:getCostAndUsage',
      'costexplorer:getCostForecast',
      'costexplorer:getCostForecast',
      'costexplorer:getCostForecast',
      'sns:publish',
    ]);
  });

  it.each([
    [
      'Cost Explorer throttles for too long',
      'AlwaysThrottled',
      'CostExplorer.LimitExceededException',
    ],
    ['there is too little history to forecast from', 'NoForecast', 'ForecastUnavailable'],
    ['cost is in another currency', 'OtherCurrency', 'CurrencyMismatch'],
    ['the topic does not exist', 'TopicMissing', 'SNS.NotFoundException'],
  ])('fails by name when %s', async (_when, mocksCase, error) => {
    expect(await run(mocksCase, forecast)).toMatchObject({ status: 'FAILED', error });
  });

  it.each([
    ['topicArn', { configuration: { ...input.configuration, topicArn: 'billing' } }],
    ['configuration.budget', { configuration: { ...input.configuration, budget: 5 } }],
    ['payload.period', { payload: { account: { id: '123456789012' } } }],
  ])(
    'refuses a wrong %s before anything is called, and does not try again',
    async (path, changes) => {
      const { status, error, cause, calls, history } = await run('HappyPath', {
        ...input,
        ...changes,
      });
      expect({ status, error, calls }).toEqual({
        status: 'FAILED',
        error: 'ContractViolation',
        calls: [],
      });
      expect(cause).toContain(path);
      expect(history.filter(({ type }) => type === 'TaskScheduled')).toHaveLength(1);
    },
  );

  it('refuses a period without days before anything is called', async () => {
    const payload = { ...input.payload, period: { start: '2026-12-01', end: '2026-12-01' } };
    expect(await run('HappyPath', { ...input, payload })).toMatchObject({
      error: 'InvalidPeriod',
      calls: [],
    });
  });

  it('may do what its integrations need and nothing else', () => {
    const own = (child.stage.stateMachines[0]?.policies ?? [])
      .map(({ actions, resources }) => [...actions, ...resources])
      // Every state machine of ours logs, traces and invokes its own functions.
      .filter(([action]) => !/^(lambda|logs|xray):/.test(action ?? ''));
    expect(own).toEqual([
      ['ce:GetCostAndUsage', 'ce:GetCostForecast', '*'],
      ['sns:Publish', 'arn:aws:sns:us-east-1:123456789012:billing-alerts*'],
    ]);
  });

  it('was run through every state, rule and catcher', () => {
    expect(child.unreached('state', 'rule', 'catcher', 'branch')).toEqual([]);
  });
});
