import { Option } from 'commander';
import type { CliCommand } from '../../command.ts';
import { jsonOption } from '../../options/common.ts';
import type { ValidateFlags } from './flags.ts';

/** `harmony validate FILE… [--type EXPRESS]` */
export const validate: CliCommand = {
  register(program, { io, run }) {
    program
      .command('validate')
      .description(
        'Check state machine definitions, JSON or YAML, and those of templates of CloudFormation and SAM, as CreateStateMachine would.',
      )
      .argument('<file...>', 'e.g. apps/billing-alerts/workflow.asl.yaml')
      .addOption(
        new Option('--type <type>', 'the kind of workflow that the definitions are for')
          .choices(['STANDARD', 'EXPRESS'])
          .default('STANDARD'),
      )
      .addOption(jsonOption('the findings'))
      .action((files: readonly string[], flags: ValidateFlags) =>
        run(async () => {
          const { validateFiles } = await import('./validate-files.ts');
          return validateFiles(files, flags, io);
        }),
      );
  },
};
