import type { CliCommand } from '../../command.ts';
import { assemblyOption, stageOption } from '../../options/common.ts';
import { wholeNumber } from '../../options/numbers.ts';
import type { DevFlags } from './flags.ts';

/** `harmony dev` */
export const dev: CliCommand = {
  register(program, { io, run }) {
    program
      .command('dev')
      .description(
        'Serve the Step Functions API on this machine, with every state machine of a stage in it; again when a source changes.',
      )
      .addOption(stageOption())
      .option(
        '-p, --port <port>',
        'port to listen on; 0: any that is free',
        wholeNumber(0, 65535),
        8083,
      )
      .option(
        '--host <address>',
        'address to listen on; any other than loopback lets other machines start executions here',
        '127.0.0.1',
      )
      .addOption(assemblyOption('serve as it is, without looking at sources'))
      .option('--virtual-time', 'executions jump over what they wait for')
      .option('--mocks <case>', 'test case of the mocks to use where a child has it')
      .option('--logs', 'show what the Lambda functions log')
      .action((flags: DevFlags) =>
        run(async () => {
          const { serveWorkspace } = await import('./serve-workspace.ts');
          return serveWorkspace(flags, io);
        }),
      );
  },
};
