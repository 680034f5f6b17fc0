import type { Command } from 'commander';
import type { CommandContext } from '../command.ts';

export interface ContractsSnapshotFlags {
  readonly check?: boolean;
}

/** `harmony contracts snapshot` */
export function registerSnapshot(contracts: Command, { io, run }: CommandContext): void {
  contracts
    .command('snapshot')
    .description('Write contract.json, the committed JSON Schemas, of contract libraries.')
    .argument('[folder...]', 'e.g. libs/contracts/billing-alerts (default: all)')
    .option('--check', 'write nothing; exit with 1 where a contract.json differs')
    .action((folders: readonly string[], flags: ContractsSnapshotFlags) =>
      run(async () => {
        const { writeSnapshots } = await import('../contracts/snapshot.ts');
        return writeSnapshots(folders, flags, io);
      }),
    );
}
