import { Option } from 'commander';
import type { CliCommand } from '../../command.ts';
import { assemblyOption } from '../../options/common.ts';
import { wholeNumber } from '../../options/numbers.ts';

/** Each is a process of its own, and CloudFormation throttles callers that ask for more. */
const MOST_AT_ONCE = 64;

export interface DeployFlags {
  readonly stage: string;
  readonly base?: string;
  readonly all?: boolean;
  readonly assembly?: string;
  readonly concurrency: number;
  readonly json?: boolean;
}

/** `harmony deploy --stage STAGE --base REF` */
export const deploy: CliCommand = {
  register(program, { io, run }) {
    program
      .command('deploy')
      .description(
        'Deploy the stacks that a change affects, from the assembly: children first, then orchestrators.',
      )
      .requiredOption('-s, --stage <stage>', 'stage to deploy, e.g. dev')
      .option('--base <ref>', 'commit that this stage runs: what changed since is deployed')
      .addOption(new Option('--all', 'deploy every stack, changed or not').conflicts('base'))
      .addOption(assemblyOption('deploy'))
      .option('--concurrency <number>', 'how many stacks at once', wholeNumber(1, MOST_AT_ONCE), 4)
      .option('--json', 'print the outcomes as one JSON document; progress to standard error')
      .action((flags: DeployFlags) =>
        run(async () => {
          const { deployAffected } = await import('./deploy-affected.ts');
          return deployAffected(flags, io);
        }),
      );
  },
};
