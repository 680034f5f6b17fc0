import { defineContract } from '@harmony/contract';
import * as z from 'zod';

/** A child with a typed configuration. */
export const billing = defineContract({
  name: 'billing',
  payload: z.object({ account: z.string(), period: z.object({ start: z.string() }) }),
  configuration: z.strictObject({
    basis: z.enum(['actual', 'forecast']).default('actual'),
    thresholds: z.array(z.number().min(1)).min(1),
  }),
  output: z.object({ spend: z.number() }),
  examples: [
    {
      payload: { account: '1', period: { start: '2026-01-01' } },
      configuration: { thresholds: [1] },
    },
  ],
});

/** A child that takes any value, to see what becomes of it. */
export const echo = defineContract({
  name: 'echo',
  payload: z.object({ region: z.string().optional() }),
  configuration: z.strictObject({ value: z.unknown().optional() }),
  output: z.unknown(),
  examples: [{ payload: {}, configuration: {} }],
});

export const payload = z.object({
  account: z.string(),
  period: z.object({ start: z.string(), end: z.string() }),
});

export const stateMachineArn = (child: string) =>
  `arn:aws:states:us-east-1:123456789012:stateMachine:dev-${child}`;
