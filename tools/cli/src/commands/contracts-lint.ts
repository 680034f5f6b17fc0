import type { Command } from 'commander';
import type { CommandContext } from '../command.ts';

export interface ContractsLintFlags {
  readonly untraced?: boolean;
  readonly json?: boolean;
}

/** `harmony contracts lint` */
export function registerLint(contracts: Command, { io, run }: CommandContext): void {
  contracts
    .command('lint')
    .description(
      "Check that a child's state machine reads only what its contract declares, with types that fit.",
    )
    .argument('[child...]', 'e.g. billing-alerts (default: every child with a contract)')
    .option('--untraced', 'list the references that could not be traced to the execution input')
    .option('--json', 'print the reports as one JSON document and nothing else')
    .action((names: readonly string[], flags: ContractsLintFlags) =>
      run(async () => {
        const { lintChildren } = await import('../contracts/lint.ts');
        return lintChildren(names, flags, io);
      }),
    );
}
