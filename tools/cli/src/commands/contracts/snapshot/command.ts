import type { CliCommand } from '../../../command.ts';

export interface SnapshotFlags {
  readonly check?: boolean;
}

/** `harmony contracts snapshot` */
export const snapshot: CliCommand = {
  register(contracts, { io, run }) {
    contracts
      .command('snapshot')
      .description('Write contract.json, the committed JSON Schemas, of contract libraries.')
      .argument('[folder...]', 'e.g. libs/contracts/billing-alerts (default: all)')
      .option('--check', 'write nothing; exit with 1 where a contract.json differs')
      .action((folders: readonly string[], flags: SnapshotFlags) =>
        run(async () => {
          const { writeSnapshots } = await import('./write-snapshots.ts');
          return writeSnapshots(folders, flags, io);
        }),
      );
  },
};
