import * as z from 'zod';

/** A contract's parts as a child would write them, for this package's own tests. */
export const sample = {
  name: 'billing-alerts' as const,
  payload: z.object({
    account: z.string().regex(/^\d{12}$/),
    period: z.object({ start: z.iso.date(), end: z.iso.date() }),
  }),
  configuration: z.strictObject({
    basis: z.enum(['actual', 'forecast']),
    monthlyBudget: z.strictObject({
      amount: z.number().positive(),
      currency: z.string().length(3).default('USD'),
    }),
    thresholds: z.array(z.number().min(1).max(200)).min(1),
  }),
  output: z.object({ spend: z.number(), breached: z.array(z.number()) }),
  examples: [
    {
      payload: { account: '123456789012', period: { start: '2026-10-01', end: '2026-11-01' } },
      configuration: {
        basis: 'actual' as const,
        monthlyBudget: { amount: 100 },
        thresholds: [80, 100],
      },
      output: { spend: 90.5, breached: [80] },
    },
  ],
};
