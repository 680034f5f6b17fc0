import type { CliCommand } from '../../../command.ts';
import { jsonOption } from '../../../options/common.ts';
import type { LintFlags } from './flags.ts';

/** `harmony contracts lint` */
export const lint: CliCommand = {
  register(contracts, { io, run }) {
    contracts
      .command('lint')
      .description(
        "Check that a child's state machine reads only what its contract declares, with types that fit.",
      )
      .argument('[child...]', 'e.g. billing-alerts (default: every child with a contract)')
      .option('--untraced', 'list the references that could not be traced to the execution input')
      .addOption(jsonOption('the reports'))
      .action((names: readonly string[], flags: LintFlags) =>
        run(async () => {
          const { lintChildren } = await import('./lint-children.ts');
          return lintChildren(names, flags, io);
        }),
      );
  },
};
