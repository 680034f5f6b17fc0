import { Option } from 'commander';
import type { CliCommand } from '../../command.ts';
import { comparisonOptions } from '../../plan/options.ts';
import { anyStageOption, assemblyOption, jsonOption } from '../../options/common.ts';
import type { DeployPlanFlags } from './flags.ts';

/** `harmony deploy-plan --base REF` */
export const deployPlan: CliCommand = {
  register(program, { io, run }) {
    const command = program
      .command('deploy-plan')
      .description(
        'Show which stacks differ, in what and why, and in which order they are deployed.',
      );
    for (const option of comparisonOptions()) command.addOption(option);
    command
      .addOption(anyStageOption())
      .addOption(assemblyOption('deploy'))
      .addOption(jsonOption('the plan'))
      .addOption(
        new Option(
          '--markdown',
          'print it as Markdown, for a pull request or a step summary',
        ).conflicts('json'),
      )
      .action((flags: DeployPlanFlags) =>
        run(async () => {
          const { showDeployPlan } = await import('./show-deploy-plan.ts');
          return showDeployPlan(flags, io);
        }),
      );
  },
};
