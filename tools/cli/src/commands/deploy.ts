import { InvalidArgumentError, Option } from 'commander';
import type { CliCommand } from '../command.ts';

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
      .option('--assembly <dir>', 'assembly to deploy (default: infra/cdk.out of the workspace)')
      .option('--concurrency <number>', 'how many stacks at once', positiveInteger, 4)
      .option('--json', 'print the outcomes as one JSON document; progress to standard error')
      .action((flags: DeployFlags) =>
        run(async () => {
          const { deployAffected } = await import('../deploy/deploy-affected.ts');
          return deployAffected(flags, io);
        }),
      );
  },
};

function positiveInteger(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('It is a whole number from 1.');
}
