import { snapshotText } from '@harmony/contract/snapshot';
import { expect, test } from 'vitest';
import { credentialAudit } from './index.ts';
import snapshot from '../contract.json' with { type: 'json' };

test('contract.json is what the contract says (if not: npx harmony contracts snapshot credential-audit)', () => {
  expect(`${JSON.stringify(snapshot, null, 2)}\n`).toBe(snapshotText(credentialAudit.document));
});
