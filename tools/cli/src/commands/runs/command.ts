import type { CliCommand } from '../../command.ts';
import { jsonOption } from '../../options/common.ts';

/** `harmony runs` */
export const runs: CliCommand = {
  register(program, { io, run: keep }) {
    program
      .command('runs')
      .description('List the runs that are kept in .harmony/runs, the latest first.')
      .addOption(jsonOption('the list'))
      .action((flags: { readonly json?: boolean }) =>
        keep(async () => {
          const { listRuns } = await import('./list-runs.ts');
          return listRuns(flags, io);
        }),
      );
  },
};
