import type { CliCommand } from '../../command.ts';
import { comparisonOptions } from '../../plan/options.ts';
import { assemblyOption } from '../../options/common.ts';
import { wholeNumber } from '../../options/numbers.ts';
import type { DeployFlags } from './flags.ts';

/** Each is a process of its own, and CloudFormation throttles callers that ask for more. */
const MOST_AT_ONCE = 64;

/** `harmony deploy --stage STAGE` */
export const deploy: CliCommand = {
  register(program, { io, run }) {
    const command = program
      .command('deploy')
      .description(
        'Deploy the stacks of the assembly that differ from what the stage runs, each after the ones it uses.',
      )
      .requiredOption('-s, --stage <stage>', 'stage to deploy, e.g. dev')
      .option('--rollback', 'go back to a commit that is older than the one that the stage runs')
      .addOption(assemblyOption('deploy'))
      .option('--concurrency <number>', 'how many stacks at once', wholeNumber(1, MOST_AT_ONCE), 4)
      .option('--json', 'print the outcomes as one JSON document; progress to standard error');
    for (const option of comparisonOptions()) command.addOption(option);
    command.action((flags: DeployFlags) =>
      run(async () => {
        const { deployAffected } = await import('./deploy-affected.ts');
        return deployAffected(flags, io);
      }),
    );
  },
};
