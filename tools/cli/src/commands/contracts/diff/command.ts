import { Option } from 'commander';
import type { CliCommand } from '../../../command.ts';
import { jsonOption } from '../../../options/common.ts';
import type { DiffFlags } from './flags.ts';

/** `harmony contracts diff` */
export const diff: CliCommand = {
  register(contracts, { io, run }) {
    contracts
      .command('diff')
      .description(
        'Check whether changed contracts still accept what callers send: since a commit, or between two JSON Schema files.',
      )
      .option('--base <ref>', 'commit to compare the working tree with (default: origin/main)')
      .addOption(new Option('--from <old>', 'old JSON Schema file').conflicts('base'))
      .addOption(new Option('--to <new>', 'new JSON Schema file').conflicts('base'))
      .addOption(
        new Option('--direction <direction>', 'what the schema files describe').choices([
          'input',
          'output',
        ]),
      )
      .addOption(jsonOption('the verdict'))
      .action((flags: DiffFlags) =>
        run(async () => {
          const { diffContracts } = await import('./diff-contracts.ts');
          return diffContracts(flags, io);
        }),
      );
  },
};
