import { relative, resolve } from 'node:path';
import { contractFolders, writeSnapshot } from '@harmony/contract-checks/changes';
import type { ExitStatus } from '../../../command.ts';
import type { SnapshotFlags } from './command.ts';
import type { Io } from '../../../io.ts';
import { workspaceRoot } from '../../../workspace/root.ts';

/** Writes `contract.json` of the named contract libraries, or of all. */
export async function writeSnapshots(
  folders: readonly string[],
  flags: SnapshotFlags,
  io: Io,
): Promise<ExitStatus> {
  const root = workspaceRoot(io);
  const chosen =
    folders.length > 0
      ? folders.map((folder) => relative(root, resolve(io.cwd, folder)).replaceAll('\\', '/'))
      : await contractFolders(root);
  let differs = false;
  for (const folder of chosen) {
    const { file, status } = await writeSnapshot(root, folder, flags.check === true);
    differs ||= status === 'differs';
    const hint = status === 'differs' ? ': write it with `harmony contracts snapshot`' : '';
    io.stdout.write(`${file} ${status}${hint}\n`);
  }
  return differs ? 1 : 0;
}
