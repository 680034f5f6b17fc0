import type { CliCommand } from '../../command.ts';
import { jsonOption } from '../../options/common.ts';
import type { ShowFlags } from './flags.ts';

/** `harmony show [RUN]` */
export const show: CliCommand = {
  register(program, { io, run: keep }) {
    program
      .command('show')
      .description('Show a run that is kept in .harmony/runs: how it ended, and where it failed.')
      .argument('[run]', 'its id, or a part of it; the latest that has it (default: the latest)')
      .option('--state <name>', 'every time that it entered this state, with all of its values')
      .option('--trace', 'every state that it entered')
      .option('--events', 'the history of every execution')
      .addOption(jsonOption('the run'))
      .action((id: string | undefined, flags: ShowFlags) =>
        keep(async () => {
          const { showRun } = await import('./show-run.ts');
          return showRun(id, flags, io);
        }),
      );
  },
};
