import { join } from 'node:path';
import { contractPlaces, writeSnapshot } from '@harmony/contract-checks/snapshots';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const orchestrations = (await contractPlaces(root)).filter(({ kind }) => kind === 'orchestration');

test.each(orchestrations)(
  'the snapshot of $name is what $source says (if not: npx harmony contracts snapshot $name)',
  async (place) => {
    expect(await writeSnapshot(root, place, true)).toMatchObject({ status: 'unchanged' });
  },
);
