import { snapshotText } from '@harmony/contract/snapshot';
import { expect, test } from 'vitest';
import { tagCompliance } from './index.ts';
import snapshot from '../contract.json' with { type: 'json' };

test('contract.json is what the contract says (if not: npx nx contract-snapshot tag-compliance-contract)', () => {
  expect(`${JSON.stringify(snapshot, null, 2)}\n`).toBe(snapshotText(tagCompliance.document));
});
