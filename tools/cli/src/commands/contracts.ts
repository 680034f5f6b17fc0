import type { CliCommand } from '../command.ts';
import { registerDiff } from './contracts-diff.ts';
import { registerFuzz } from './contracts-fuzz.ts';
import { registerLint } from './contracts-lint.ts';
import { registerSnapshot } from './contracts-snapshot.ts';

export interface ContractsCheckFlags {
  readonly assembly?: string;
  readonly json?: boolean;
}

/** `harmony contracts check`, and its siblings, each in a file of its own. */
export const contracts: CliCommand = {
  register(program, context) {
    const { io, run } = context;
    const group = program
      .command('contracts')
      .description('Check the contracts between orchestrators and child workflows.');
    group
      .command('check')
      .description(
        'Check that each target of each orchestrator in the assembly fits its child: configuration, payload, permissions.',
      )
      .option('--assembly <dir>', 'assembly to check (default: infra/cdk.out of the workspace)')
      .option('--json', 'print the problems as one JSON document and nothing else')
      .action((flags: ContractsCheckFlags) =>
        run(async () => {
          const { checkAssemblyContracts } = await import('../contracts/check.ts');
          return checkAssemblyContracts(flags, io);
        }),
      );
    registerDiff(group, context);
    registerLint(group, context);
    registerFuzz(group, context);
    registerSnapshot(group, context);
  },
};
