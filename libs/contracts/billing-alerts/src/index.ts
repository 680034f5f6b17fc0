import { type ChildInput, type ChildOutput, defineContract } from '@harmony/contract';
import * as z from 'zod';

/** A calendar day, `2026-11-01`; Cost Explorer counts in days of UTC. */
const day = z.iso.date();

/** Compares an account's spend in a period with its budget and alerts on breached thresholds. */
export const billingAlerts = defineContract({
  name: 'billing-alerts',
  payload: z.object({
    account: z.object({
      id: z
        .string()
        .regex(/^\d{12}$/)
        .describe('The linked account whose cost is looked at.'),
      name: z.string().min(1).max(50).optional().describe('Shown in the alert.'),
    }),
    period: z.object({
      start: day.describe('First day of the period.'),
      end: day.describe('The day after its last: the end is exclusive, as in Cost Explorer.'),
    }),
  }),
  configuration: z.strictObject({
    basis: z
      .enum(['actual', 'forecast'])
      .describe('actual: cost so far. forecast: cost so far and what AWS forecasts for the rest.'),
    monthlyBudget: z
      .strictObject({
        amount: z.number().min(0.01).max(1_000_000_000),
        currency: z
          .string()
          .regex(/^[A-Z]{3}$/)
          .default('USD')
          .describe('ISO 4217. Must be the currency in which Cost Explorer reports, mostly USD.'),
      })
      .describe('Counted once for each calendar month that the period touches.'),
    thresholds: z
      .array(z.number().positive().max(1000))
      .min(1)
      .max(20)
      .describe('Percentages of the budget, each an alert once spend reaches it.'),
    topicArn: z
      .string()
      .max(300)
      .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:billing-alerts[A-Za-z0-9_-]*$/)
      .describe(
        'A standard topic in the region of the state machine. Its name starts with ' +
          'billing-alerts, because the role may publish to no other.',
      ),
  }),
  output: z.object({
    basis: z.enum(['actual', 'forecast']),
    spend: z.object({ amount: z.number(), currency: z.string() }),
    budget: z.object({ amount: z.number(), currency: z.string() }),
    breachedThresholds: z.array(z.number()),
    notified: z.boolean().describe('Whether an alert was published.'),
  }),
  examples: [
    {
      title: 'cost so far against a budget of 1,000 USD',
      payload: {
        account: { id: '123456789012', name: 'Shop' },
        period: { start: '2026-11-01', end: '2026-12-01' },
      },
      configuration: {
        basis: 'actual',
        monthlyBudget: { amount: 1000, currency: 'USD' },
        thresholds: [50, 80, 100],
        topicArn: 'arn:aws:sns:us-east-1:123456789012:billing-alerts',
      },
      output: {
        basis: 'actual',
        spend: { amount: 842.17, currency: 'USD' },
        budget: { amount: 1000, currency: 'USD' },
        breachedThresholds: [50, 80],
        notified: true,
      },
    },
    {
      title: 'a forecast of the whole month',
      payload: {
        account: { id: '123456789012' },
        period: { start: '2026-11-01', end: '2026-12-01' },
      },
      configuration: {
        basis: 'forecast',
        monthlyBudget: { amount: 1500 },
        thresholds: [100],
        topicArn: 'arn:aws:sns:us-east-1:123456789012:billing-alerts-forecast',
      },
    },
  ],
});

/** What *Check input* returns and every later state reads: checked, defaults applied. */
export type BillingAlertsInput = ChildInput<typeof billingAlerts>;
export type BillingAlertsOutput = ChildOutput<typeof billingAlerts>;
