import type { CliCommand } from '../../../command.ts';
import { assemblyOption, jsonOption } from '../../../options/common.ts';
import type { CheckFlags } from './flags.ts';

/** `harmony contracts check` */
export const check: CliCommand = {
  register(contracts, { io, run }) {
    contracts
      .command('check')
      .description(
        'Check that each target of each orchestrator in the assembly fits its child: configuration, payload, permissions.',
      )
      .addOption(assemblyOption('check'))
      .addOption(jsonOption('the problems'))
      .action((flags: CheckFlags) =>
        run(async () => {
          const { checkAssemblyContracts } = await import('./check-contracts.ts');
          return checkAssemblyContracts(flags, io);
        }),
      );
  },
};
