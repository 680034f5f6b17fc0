import { checkOwnContract, synthesiseChild } from '@harmony/testing';
import { expect, it } from 'vitest';
import { BillingAlerts } from '../src/index.ts';

it('billing-alerts reads only what its contract declares, and runs on whatever that accepts', async () => {
  using child = await synthesiseChild('billing-alerts', (stack, stage) => {
    new BillingAlerts(stack, 'Workflow', { stage });
  });
  const { lint, fuzz } = await checkOwnContract(child);
  expect(lint).toEqual([]);
  expect(fuzz).not.toHaveProperty('failure');
  expect(fuzz.valid + fuzz.invalid).toBeGreaterThan(20);
});
