import type { CliCommand } from '../../command.ts';
import { assemblyOption, jsonOption, stageOption } from '../../options/common.ts';
import { wholeNumber } from '../../options/numbers.ts';
import type { ReplayFlags } from './flags.ts';

/** `harmony replay [HISTORY…] [NAME]`, `harmony replay NAME --stage STAGE --last N` */
export const replay: CliCommand = {
  register(program, { io, run }) {
    program
      .command('replay')
      .description(
        'Run past executions through the definition of the working tree, each Task answered as it was then.',
      )
      .argument(
        '[what...]',
        'histories (files, or folders of them) and the name of their state machine (default: apps/*/records)',
      )
      .addOption(stageOption())
      .addOption(assemblyOption('take the definition from'))
      .option(
        '--last <count>',
        'the last executions of the deployed state machine, read from AWS',
        wholeNumber(1, 10_000),
      )
      .option('--markdown <file>', 'write a report for a pull request')
      .option('--junit <file>', "write JUnit's XML")
      .addOption(jsonOption('the verdicts'))
      .action((what: readonly string[], flags: ReplayFlags) =>
        run(async () => {
          const { replayHistories } = await import('./replay-histories.ts');
          return replayHistories(what, flags, io);
        }),
      );
  },
};
