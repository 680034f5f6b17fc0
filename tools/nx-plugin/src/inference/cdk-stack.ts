import type { TargetConfiguration } from '@nx/devkit';
import type { ProjectFiles } from './project-files.ts';

/** The one project with a `cdk.json`: it composes all stacks, so a child's targets wait for its synth. */
export function findCdkApp(workspace: readonly ProjectFiles[]): ProjectFiles | undefined {
  return workspace.find(({ files }) => files.includes('cdk.json'));
}

/** `dependsOn` entries for a task of the CDK app; none in a workspace that has no app. */
export function cdkApp(workspace: readonly ProjectFiles[], target: string) {
  const app = findCdkApp(workspace);
  return app === undefined ? [] : [{ projects: [app.name], target }];
}

/**
 * `deploy`, `diff` and `destroy` of the given stacks, from the synthesised assembly: `--app` names it,
 * so nothing is synthesised twice. Not ordered after other deployments: `nx affected` would then pull
 * in children that a change does not touch.
 */
export function deployTargets(
  stacks: readonly string[],
  workspace: readonly ProjectFiles[],
): Record<string, TargetConfiguration> {
  const app = findCdkApp(workspace);
  if (app === undefined || stacks.length === 0) return {};
  const selected = stacks.map((stack) => `{args.stage}/${stack}`).join(' ');
  const target = (verb: string, flags: string): TargetConfiguration => ({
    executor: 'nx:run-commands',
    cache: false,
    dependsOn: [{ projects: [app.name], target: 'synth' }],
    options: {
      command: `cdk ${verb} --app ${app.root}/cdk.out --exclusively ${selected}${flags}`,
      stage: 'dev',
      forwardAllArgs: false,
    },
  });
  return {
    deploy: target('deploy', ' --require-approval never --concurrency 4'),
    diff: target('diff', ''),
    destroy: target('destroy', ' --force'),
  };
}
