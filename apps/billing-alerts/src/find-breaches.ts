import type { BillingAlertsInput } from '@harmony/billing-alerts-contract';
import { HandlerError } from '@harmony/handler';
import type { Plan } from './plan-periods.ts';

/** An amount as Cost Explorer writes it: a decimal number as text. */
interface MetricValue {
  Amount: string;
  Unit: string;
}

/** The parts of GetCostAndUsage's answer that are read. */
export interface CostAndUsage {
  ResultsByTime: { Total: Record<string, MetricValue> }[];
  NextPageToken?: string;
}

/** The parts of GetCostForecast's answer that are read. */
export interface CostForecast {
  Total: MetricValue;
}

export type BreachInput = BillingAlertsInput & {
  plan: Plan;
  actual?: CostAndUsage;
  forecast?: CostForecast;
};

export interface Money {
  amount: number;
  currency: string;
}

export interface Breaches {
  report: {
    basis: BillingAlertsInput['configuration']['basis'];
    spend: Money;
    budget: Money;
    breachedThresholds: number[];
  };
  /** null when no threshold is breached. */
  alert: { subject: string; message: string } | null;
}

/**
 * Adds up what Cost Explorer answered and finds the thresholds that it reaches.
 *
 * @throws HandlerError `CurrencyMismatch` when cost and budget are in different currencies;
 *   `IncompleteCost` when Cost Explorer answered with the first of several pages.
 */
export function findBreaches(input: BreachInput): Breaches {
  const { basis, monthlyBudget, thresholds } = input.configuration;
  const budget = {
    amount: cents(monthlyBudget.amount * input.plan.months),
    currency: monthlyBudget.currency,
  };
  const spend = { amount: spendOf(input, budget.currency), currency: budget.currency };
  const breachedThresholds = [...new Set(thresholds)]
    .filter((percent) => spend.amount * 100 >= budget.amount * percent)
    .sort((a, b) => a - b);
  const report = { basis, spend, budget, breachedThresholds };
  return { report, alert: breachedThresholds.length > 0 ? alertOf(input, report) : null };
}

function spendOf(input: BreachInput, currency: string): number {
  if (input.actual?.NextPageToken !== undefined) {
    // A query by month without groups has one page; half a sum must not pass for a whole one.
    throw new HandlerError('IncompleteCost', 'GetCostAndUsage answered with more than one page.');
  }
  const actual = (input.actual?.ResultsByTime ?? []).map(({ Total }) => Total.UnblendedCost);
  const forecast = input.forecast === undefined ? [] : [input.forecast.Total];
  let sum = 0;
  for (const value of [...actual, ...forecast]) {
    // A month with no usage at all has an empty Total.
    if (value === undefined) continue;
    const amount = Number(value.Amount);
    if (value.Unit !== currency && amount !== 0) {
      throw new HandlerError(
        'CurrencyMismatch',
        `Cost Explorer reports in ${value.Unit}, but configuration.monthlyBudget.currency is ` +
          `${currency}: write the budget in ${value.Unit}.`,
      );
    }
    sum += amount;
  }
  return cents(sum);
}

/** Rounded to cents, so that 99.999999 of 100 counts as what every bill shows: 100.00. */
function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

/** SNS subjects are ASCII, one line, below 100 characters; hence no account name in it. */
function alertOf(
  { payload, configuration }: BreachInput,
  report: Breaches['report'],
): Breaches['alert'] {
  const { account, period } = payload;
  const { spend, budget, breachedThresholds, basis } = report;
  const percent = Math.floor((spend.amount / budget.amount) * 100);
  return {
    subject: `Billing alert: account ${account.id} at ${percent}% of its budget (${basis})`,
    message: [
      `Account:    ${account.name === undefined ? account.id : `${account.name} (${account.id})`}`,
      `Period:     ${period.start} up to, not including, ${period.end}`,
      `Spend:      ${money(spend)} (${basis})`,
      `Budget:     ${money(budget)}, that is ${money(configuration.monthlyBudget)} a month`,
      `Thresholds: ${breachedThresholds.map((threshold) => `${threshold}%`).join(', ')} reached`,
    ].join('\n'),
  };
}

function money({ amount, currency }: Money): string {
  return `${amount.toFixed(2)} ${currency}`;
}
