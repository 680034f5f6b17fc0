import type { CliCommand } from '../../../command.ts';
import { assemblyOption, stageOption } from '../../../options/common.ts';
import type { InitFlags } from './flags.ts';

/** `harmony mocks init NAME|FILE` */
export const init: CliCommand = {
  register(mocks, { io, run }) {
    mocks
      .command('init')
      .description(
        'Write a mock configuration with an entry for each Task of a state machine that no code here answers.',
      )
      .argument('<name>', 'e.g. billing-alerts, orders.asl.json, template.yaml')
      .argument('[machine]', 'in a template that has several: logical id or name')
      .option(
        '-o, --out <file>',
        'where to write it (default: the mocks of the child, or NAME.mocks.json)',
      )
      .addOption(stageOption())
      .addOption(assemblyOption('read'))
      .action((name: string, machine: string | undefined, flags: InitFlags) =>
        run(async () => {
          const { initMocks } = await import('./init-mocks.ts');
          return initMocks(name, machine, flags, io);
        }),
      );
  },
};
