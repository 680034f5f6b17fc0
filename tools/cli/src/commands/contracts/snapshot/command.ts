import type { CliCommand } from '../../../command.ts';
import type { SnapshotFlags } from './flags.ts';

/** `harmony contracts snapshot` */
export const snapshot: CliCommand = {
  register(contracts, { io, run }) {
    contracts
      .command('snapshot')
      .description(
        'Write the snapshots of contracts: the committed JSON Schemas of children and orchestrations.',
      )
      .argument(
        '[name...]',
        'a child, an orchestration, or the folder or file of one (default: all)',
      )
      .option('--check', 'write nothing; exit with 1 where a snapshot differs')
      .action((names: readonly string[], flags: SnapshotFlags) =>
        run(async () => {
          const { writeSnapshots } = await import('./write-snapshots.ts');
          return writeSnapshots(names, flags, io);
        }),
      );
  },
};
