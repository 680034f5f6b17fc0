// The code of docs/contracts.md: compiled with this package and run by its test.
import { defineContract } from '@harmony/contract';
import { diffSchemas } from '@harmony/schema/compatibility';
import * as z from 'zod';

const payload = z.object({ account: z.object({ id: z.string() }) });
const output = z.object({ findings: z.int() });

export const today = defineContract({
  name: 'key-audit',
  payload,
  configuration: z.strictObject({ maxAgeDays: z.int().min(1) }),
  output,
  examples: [{ payload: { account: { id: '1' } }, configuration: { maxAgeDays: 90 } }],
});

// Expand: the new field has a default, so whoever leaves it out is still served.
export const expanded = defineContract({
  name: 'key-audit',
  payload,
  configuration: z.strictObject({
    maxAgeDays: z.int().min(1),
    exempt: z.array(z.string()).default([]),
  }),
  output,
  examples: [{ payload: { account: { id: '1' } }, configuration: { maxAgeDays: 90 } }],
});

// Breaking: what today's targets send is refused, so it gets a new major version beside the old.
export const second = defineContract({
  name: 'key-audit-v2',
  payload,
  configuration: z.strictObject({
    maxAge: z.strictObject({ days: z.int().min(1) }),
    exempt: z.array(z.string()).default([]),
  }),
  output,
  examples: [{ payload: { account: { id: '1' } }, configuration: { maxAge: { days: 90 } } }],
});

const [before, after] = [today.document, second.document];
export const safe = diffSchemas(before.configuration, expanded.document.configuration, 'input');
export const broken = diffSchemas(before.configuration, after.configuration, 'input');
