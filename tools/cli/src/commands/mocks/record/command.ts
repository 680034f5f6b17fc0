import type { CliCommand } from '../../../command.ts';
import { assemblyOption, stageOption } from '../../../options/common.ts';
import type { RecordFlags } from './flags.ts';

const repeated = (value: string, previous: readonly string[] = []): readonly string[] => [
  ...previous,
  value,
];

/** `harmony mocks record EXECUTION_ARN|HISTORY.json…` */
export const record: CliCommand = {
  register(mocks, { io, run }) {
    mocks
      .command('record')
      .description(
        'Make a test case of what the Tasks of past executions were answered, without secrets and identities.',
      )
      .argument('<execution...>', 'ARNs, read from AWS, or histories as the AWS CLI writes them')
      .option('--case <name>', 'name of the test case', 'Recorded')
      .option('--child <name>', 'whose executions they are, where they do not say it')
      .option('--handlers', 'leave Lambda functions out: the handlers here are to run')
      .option('--redact <name=pattern>', 'replace what matches, too; may be repeated', repeated)
      .option('--keep <text>', 'leave this text as it is; may be repeated', repeated)
      .option('--records', 'keep the history, too, in apps/<child>/records for harmony replay')
      .option('--dry-run', 'show it and write nothing')
      .addOption(stageOption())
      .addOption(assemblyOption('take the definitions from'))
      .action((executions: readonly string[], flags: RecordFlags) =>
        run(async () => {
          const { recordMocks } = await import('./record-mocks.ts');
          return recordMocks(executions, flags, io);
        }),
      );
  },
};
