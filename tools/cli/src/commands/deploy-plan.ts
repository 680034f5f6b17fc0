import { Option } from 'commander';
import type { CliCommand } from '../command.ts';

export interface DeployPlanFlags {
  readonly base?: string;
  readonly all?: boolean;
  readonly stage?: string;
  readonly assembly?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** `harmony deploy-plan --base REF` */
export const deployPlan: CliCommand = {
  register(program, { io, run }) {
    program
      .command('deploy-plan')
      .description('Show which stacks a change affects, why, and in which order they are deployed.')
      .option('--base <ref>', 'commit to compare the working tree with, e.g. origin/main')
      .addOption(new Option('--all', 'plan every stack, changed or not').conflicts('base'))
      .option('-s, --stage <stage>', 'this stage only (default: every stage of the assembly)')
      .option('--assembly <dir>', 'assembly to deploy (default: infra/cdk.out of the workspace)')
      .option('--json', 'print the plan as one JSON document and nothing else')
      .addOption(
        new Option('--markdown', 'print it for a pull request or a step summary').conflicts('json'),
      )
      .action((flags: DeployPlanFlags) =>
        run(async () => {
          const { showDeployPlan } = await import('../deploy/show-deploy-plan.ts');
          return showDeployPlan(flags, io);
        }),
      );
  },
};
