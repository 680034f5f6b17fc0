import { snapshotText } from '@harmony/contract/snapshot';
import { expect, test } from 'vitest';
import { tagCompliance } from './index.ts';
import snapshot from '../contract.json' with { type: 'json' };

test('contract.json is what the contract says (if not: npx harmony contracts snapshot tag-compliance)', () => {
  expect(`${JSON.stringify(snapshot, null, 2)}\n`).toBe(snapshotText(tagCompliance.document));
});
