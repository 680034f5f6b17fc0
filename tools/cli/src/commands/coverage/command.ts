import type { CliCommand } from '../../command.ts';
import { jsonOption } from '../../options/common.ts';
import { list } from '../../options/list.ts';
import type { CoverageFlags } from './flags.ts';

/** `harmony coverage [CHILD…] [--min PERCENT] [--lcov FILE] [--cobertura FILE]` */
export const coverage: CliCommand = {
  register(program, { io, run }) {
    program
      .command('coverage')
      .description(
        "Show which states, rules, catchers, retriers, branches and expressions of a child's state machine its tests reach.",
      )
      .argument('[child...]', 'e.g. billing-alerts (default: every child)')
      .option(
        '--min <percent>',
        'least percentage, of all kinds (90) or of each (states=100,rules=100)',
        list,
      )
      .option('--lcov <file>', "write lcov's tracefile")
      .option('--cobertura <file>', "write Cobertura's XML")
      .addOption(jsonOption('the coverage'))
      .action((names: readonly string[], flags: CoverageFlags) =>
        run(async () => {
          const { showCoverage } = await import('./show-coverage.ts');
          return showCoverage(names, flags, io);
        }),
      );
  },
};
