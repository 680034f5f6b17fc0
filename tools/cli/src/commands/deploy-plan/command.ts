import { Option } from 'commander';
import type { CliCommand } from '../../command.ts';
import { anyStageOption, assemblyOption, jsonOption } from '../../options/common.ts';

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
      .addOption(anyStageOption())
      .addOption(assemblyOption('deploy'))
      .addOption(jsonOption('the plan'))
      .addOption(
        new Option('--markdown', 'print it for a pull request or a step summary').conflicts('json'),
      )
      .action((flags: DeployPlanFlags) =>
        run(async () => {
          const { showDeployPlan } = await import('./show-deploy-plan.ts');
          return showDeployPlan(flags, io);
        }),
      );
  },
};
