import type { CliCommand } from '../../command.ts';
import { assemblyOption, jsonOption } from '../../options/common.ts';
import type { CanDeployFlags } from './flags.ts';

/** `harmony can-deploy NAME… --stage STAGE` */
export const canDeploy: CliCommand = {
  register(program, { io, run }) {
    program
      .command('can-deploy')
      .description('Check whether children and orchestrators fit what a stage runs now.')
      .argument(
        '[names...]',
        'children and orchestrators, e.g. billing-alerts, in the order in which they are deployed',
      )
      .requiredOption('-s, --stage <stage>', 'stage to deploy to, e.g. prod')
      .option(
        '--plan <file>',
        'every workflow of a plan, as `harmony deploy-plan --json` prints it',
      )
      .option(
        '--records <dir>',
        'folder with the records of what is deployed (default: read from AWS)',
      )
      .addOption(assemblyOption('deploy'))
      .addOption(jsonOption('the verdict'))
      .action((names: readonly string[], flags: CanDeployFlags) =>
        run(async () => {
          const { checkDeploy } = await import('./check-deploy.ts');
          return checkDeploy(names, flags, io);
        }),
      );
  },
};
