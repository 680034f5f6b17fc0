import type { BillingAlertsInput } from '@harmony/billing-alerts-contract';
import { HandlerError } from '@harmony/handler';

/** Cost Explorer's DateInterval: days `YYYY-MM-DD` of UTC, the end exclusive. */
export interface DateInterval {
  Start: string;
  End: string;
}

export interface Plan {
  /** Calendar months that the period touches: how often the monthly budget counts. */
  months: number;
  /** Days to ask actual cost of; null when none has begun. */
  actual: DateInterval | null;
  /** Days to ask a forecast of; null when none is wanted or left. */
  forecast: DateInterval | null;
}

/**
 * Splits the period at today, since GetCostForecast refuses days that have passed and
 * GetCostAndUsage has nothing for days to come:
 * https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetCostForecast.html
 *
 * Today itself counts as actual cost, as far as it is known, unless a forecast covers it: a day
 * must not count twice.
 *
 * @throws HandlerError `InvalidPeriod` when the period has no day.
 */
export function planPeriods({ payload, configuration }: BillingAlertsInput, now: Date): Plan {
  const { start, end } = payload.period;
  // Days of this form compare as text.
  if (end <= start) {
    throw new HandlerError(
      'InvalidPeriod',
      `payload.period.end is ${end}, which is not after payload.period.start, ${start}: ` +
        'the end is exclusive, so a period of one day ends on the next.',
    );
  }
  const forecasting = configuration.basis === 'forecast';
  const today = day(now);
  const split = forecasting ? today : nextDay(now);
  return {
    months: monthIndex(lastDay(end)) - monthIndex(start) + 1,
    actual: start < split ? { Start: start, End: earlier(end, split) } : null,
    forecast: forecasting && today < end ? { Start: later(start, today), End: end } : null,
  };
}

const DAY_MS = 86_400_000;

function day(time: Date): string {
  return time.toISOString().slice(0, 10);
}

function nextDay(time: Date): string {
  return day(new Date(time.getTime() + DAY_MS));
}

function lastDay(end: string): string {
  return day(new Date(Date.parse(end) - DAY_MS));
}

function monthIndex(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
