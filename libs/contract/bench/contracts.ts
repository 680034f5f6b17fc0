import * as z from 'zod';
import { defineContract } from '../src/index.ts';

/** A contract of the usual size, `variant` making each one differ in names and bounds. */
export function contractNumber(variant: number) {
  const account = z.object({ id: z.string().regex(/^\d{12}$/), name: z.string().min(1).max(50) });
  return defineContract({
    name: `child-${variant}`,
    payload: z.object({ account, period: z.object({ start: z.iso.date(), end: z.iso.date() }) }),
    configuration: z.strictObject({
      mode: z.enum(['actual', 'forecast']),
      [`budget${variant}`]: z.strictObject({
        amount: z
          .number()
          .positive()
          .max(1_000_000 + variant),
        currency: z.string().regex(/^[A-Z]{3}$/),
      }),
      thresholds: z.array(z.number().positive().max(1000)).min(1).max(20),
      topic: z
        .string()
        .max(300)
        .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+$/),
      notify: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('mail'), to: z.email() }),
        z.strictObject({ kind: z.literal('topic'), arn: z.string().startsWith('arn:') }),
        z.strictObject({ kind: z.literal('none') }),
      ]),
    }),
    output: z.object({ spend: z.number(), breached: z.array(z.number()) }),
    examples: [{ payload: payload(), configuration: configuration(variant) as never }],
  });
}

export const payload = () => ({
  account: { id: '123456789012', name: 'Shop' },
  period: { start: '2026-11-01', end: '2026-12-01' },
});

export const configuration = (variant: number) => ({
  mode: 'actual',
  [`budget${variant}`]: { amount: 1000, currency: 'EUR' },
  thresholds: [50, 80, 100],
  topic: 'arn:aws:sns:eu-central-1:123456789012:alerts',
  notify: { kind: 'none' },
});
