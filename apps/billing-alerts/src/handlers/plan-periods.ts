import type { BillingAlertsInput } from '@harmony/billing-alerts-contract';
import { defineHandler } from '@harmony/handler';
import { type Plan, planPeriods } from '../plan-periods.ts';

export const handler = defineHandler<BillingAlertsInput, Plan>(({ input, now }) =>
  planPeriods(input, now),
);
