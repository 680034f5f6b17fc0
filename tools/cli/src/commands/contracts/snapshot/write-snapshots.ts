import { relative, resolve } from 'node:path';
import {
  type ContractPlace,
  contractPlaces,
  writeSnapshot,
} from '@harmony/contract-checks/snapshots';
import type { ExitStatus } from '../../../command.ts';
import type { SnapshotFlags } from './flags.ts';
import type { Io } from '../../../io.ts';
import { UsageError } from '../../../usage-error.ts';
import { workspaceRoot } from '../../../workspace/root.ts';

/** Writes the snapshots of the named contracts, or of all. */
export async function writeSnapshots(
  names: readonly string[],
  flags: SnapshotFlags,
  io: Io,
): Promise<ExitStatus> {
  const root = workspaceRoot(io);
  const places = await contractPlaces(root);
  const chosen = names.length === 0 ? places : names.map((name) => find(name, places, root, io));
  if (chosen.length === 0) {
    throw new UsageError('there is no contract in libs/contracts or infra/src/orchestrations.');
  }
  let differs = false;
  for (const place of chosen) {
    const { file, status } = await writeSnapshot(root, place, flags.check === true);
    differs ||= status === 'differs';
    const hint =
      status === 'differs' ? `: write it with \`harmony contracts snapshot ${place.name}\`` : '';
    io.stdout.write(`${file} ${status}${hint}\n`);
  }
  return differs ? 1 : 0;
}

/** By its name, or by a path to its folder, its source or its snapshot. */
function find(
  given: string,
  places: readonly ContractPlace[],
  root: string,
  io: Io,
): ContractPlace {
  const path = relative(root, resolve(io.cwd, given)).replaceAll('\\', '/');
  const found = places.find(
    ({ name, source, snapshot }) =>
      name === given || [source, snapshot, source.replace(/\/src\/index\.ts$/, '')].includes(path),
  );
  if (found) return found;
  const known = places.map(({ name }) => name).join(', ') || 'none';
  throw new UsageError(`there is no contract ${given}. Known: ${known}.`);
}
