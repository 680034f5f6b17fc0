import type { Command } from 'commander';
import { Option } from 'commander';
import type { CommandContext } from '../command.ts';

export interface ContractsDiffFlags {
  readonly base?: string;
  readonly from?: string;
  readonly to?: string;
  readonly direction?: 'input' | 'output';
  readonly assembly?: string;
  readonly json?: boolean;
}

/** `harmony contracts diff` */
export function registerDiff(contracts: Command, { io, run }: CommandContext): void {
  contracts
    .command('diff')
    .description(
      'Say whether changed contracts still accept what callers send: against a commit, or of two JSON Schema files.',
    )
    .option('--base <ref>', 'commit to compare the working tree with (default: origin/main)')
    .addOption(new Option('--from <old>', 'JSON Schema file as it was').conflicts('base'))
    .addOption(new Option('--to <new>', 'JSON Schema file as it is').conflicts('base'))
    .addOption(
      new Option('--direction <direction>', 'what the schema files describe').choices([
        'input',
        'output',
      ]),
    )
    .option(
      '--assembly <dir>',
      'assembly with the targets (default: infra/cdk.out if there is one)',
    )
    .option('--json', 'print the verdict as one JSON document and nothing else')
    .action((flags: ContractsDiffFlags) =>
      run(async () => {
        const { diffContracts } = await import('../contracts/diff.ts');
        return diffContracts(flags, io);
      }),
    );
}
