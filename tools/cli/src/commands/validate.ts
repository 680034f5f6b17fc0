import type { CliCommand } from '../command.ts';

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
      .option('--json', 'print the findings as one JSON document and nothing else')
      .action((files: readonly string[], flags: ValidateFlags) =>
        run(async () => {
          const { validateFiles } = await import('../validate/validate-files.ts');
          return validateFiles(files, flags, io);
        }),
      );
  },
};
