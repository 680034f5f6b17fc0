import type { CliCommand } from '../../command.ts';
import { assemblyOption } from '../../options/common.ts';
import type { DestroyFlags } from './flags.ts';

/** `harmony destroy NAME --stage STAGE` */
export const destroy: CliCommand = {
  register(program, { io, run }) {
    program
      .command('destroy')
      .description(
        'Destroy the stack of a workflow in a stage, after showing what is lost and asking.',
      )
      .argument(
        '<name>',
        'child workflow or orchestrator, e.g. billing-alerts; also one that is gone',
      )
      .requiredOption('-s, --stage <stage>', 'stage to destroy it in, e.g. dev')
      .option('--yes', 'do not ask; without a terminal, nothing is destroyed unless this is given')
      .option('--stop-executions', 'stop its executions in flight first')
      .addOption(assemblyOption('read'))
      .action((name: string, flags: DestroyFlags) =>
        run(async () => {
          const { destroyStack } = await import('./destroy-stack.ts');
          return destroyStack(name, flags, io);
        }),
      );
  },
};
