import type { CliCommand } from '../../command.ts';
import { jsonOption } from '../../options/common.ts';

export interface ValidateFlags {
  readonly json?: boolean;
}

/** `harmony validate FILE…` */
export const validate: CliCommand = {
  register(program, { io, run }) {
    program
      .command('validate')
      .description('Check state machine definitions, JSON or YAML, as CreateStateMachine would.')
      .argument('<file...>', 'e.g. apps/billing-alerts/workflow.asl.yaml')
      .addOption(jsonOption('the findings'))
      .action((files: readonly string[], flags: ValidateFlags) =>
        run(async () => {
          const { validateFiles } = await import('./validate-files.ts');
          return validateFiles(files, flags, io);
        }),
      );
  },
};
