import type { CliCommand } from '../../command.ts';
import { assemblyOption, jsonOption } from '../../options/common.ts';

export interface CanDeployFlags {
  readonly stage: string;
  readonly records?: string;
  readonly assembly?: string;
  readonly json?: boolean;
}

/** `harmony can-deploy NAME --stage STAGE` */
export const canDeploy: CliCommand = {
  register(program, { io, run }) {
    program
      .command('can-deploy')
      .description('Say whether a child or an orchestrator may go out to what a stage runs now.')
      .argument('<name>', 'child workflow or orchestrator, e.g. billing-alerts')
      .requiredOption('-s, --stage <stage>', 'stage to deploy to, e.g. prod')
      .option(
        '--records <dir>',
        'folder with the records of what is deployed (default: read from AWS)',
      )
      .addOption(assemblyOption('deploy'))
      .addOption(jsonOption('the verdict'))
      .action((name: string, flags: CanDeployFlags) =>
        run(async () => {
          const { checkDeploy } = await import('./check-deploy.ts');
          return checkDeploy(name, flags, io);
        }),
      );
  },
};
