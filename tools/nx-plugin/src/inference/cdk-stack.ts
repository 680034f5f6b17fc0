import type { TargetConfiguration } from '@nx/devkit';
import { cliBuild } from './cli.ts';
import { type ProjectFiles, runtimeDependencies } from './project-files.ts';

/** The one project with a `cdk.json`: it composes all stacks, so a child's targets wait for its synth. */
function findCdkApp(workspace: readonly ProjectFiles[]): ProjectFiles | undefined {
  return workspace.find(({ files }) => files.includes('cdk.json'));
}

/** Whether a folder is a child workflow's. */
export const isDefinition = (file: string): boolean => /^workflow\.asl\.(yaml|json)$/.test(file);

/**
 * `assembly`: an assembly of a child's own stack alone, so that its run waits for no other child, and
 * goes on while another one is broken.
 */
export function ownAssembly(
  child: ProjectFiles,
  workspace: readonly ProjectFiles[],
): { readonly folder?: string; readonly targets: Record<string, TargetConfiguration> } {
  const app = findCdkApp(workspace);
  if (app === undefined) return { targets: {} };
  const folder = `${child.root}/.harmony/cdk.out`;
  // Orchestrations read the contracts of all children; a child's own stack reads no other's.
  const own = [child, ...runtimeDependencies(child, workspace)];
  const read = runtimeDependencies(app, workspace).filter(
    (project) =>
      own.includes(project) ||
      !(project.files.some(isDefinition) || project.root.startsWith('libs/contracts/')),
  );
  const assembly: TargetConfiguration = {
    command: `node src/main.ts --stack ${child.name} --output ${app.toWorkspaceRoot}/${folder}`,
    options: { cwd: app.root },
    cache: true,
    dependsOn: ['build'],
    inputs: [
      'synthesised',
      { input: 'synthesised', projects: [app, ...read].map(({ name }) => name) },
      { dependentTasksOutputFiles: '**/*.{mjs,map}' },
      { env: 'HARMONY_COMMIT' },
    ],
    outputs: ['{projectRoot}/.harmony/cdk.out'],
  };
  return { folder, targets: { assembly } };
}

type Verb = 'deploy' | 'diff';

const flags: Readonly<Record<Verb, string>> = {
  // Stacks are independent of one another. What a person approves is the deployment, not each role.
  deploy: ' --require-approval never --concurrency 4',
  diff: '',
};

/**
 * `deploy` and `diff` of the given stacks, from the synthesised assembly: `--app` names it,
 * so nothing is synthesised twice, and the contract check on it has passed. Not ordered after other
 * deployments: Nx would then pull in children that a change does not touch; `harmony deploy` orders.
 */
export function stackTargets(
  verbs: readonly Verb[],
  stacks: readonly string[],
  workspace: readonly ProjectFiles[],
): Record<string, TargetConfiguration> {
  const app = findCdkApp(workspace);
  if (app === undefined || stacks.length === 0) return {};
  const selected = stacks.map((stack) => `{args.stage}/${stack}`).join(' ');
  const target = (verb: Verb): TargetConfiguration => ({
    executor: 'nx:run-commands',
    cache: false,
    dependsOn: [{ projects: [app.name], target: verb === 'deploy' ? 'contract' : 'synth' }],
    options: {
      // In the app's folder, where the CDK CLI finds cdk.json, which switches off what calls home.
      cwd: app.root,
      command: `cdk ${verb} --app cdk.out --exclusively ${selected}${flags[verb]}`,
      stage: 'dev',
      forwardAllArgs: false,
    },
  });
  return Object.fromEntries(verbs.map((verb) => [verb, target(verb)]));
}

/**
 * `destroy` of a workflow's stack. It asks, naming what is lost, so it has no stage unless one is
 * named, and what the user says besides (`--yes`) goes through.
 */
export function destroyTarget(
  workflow: string,
  workspace: readonly ProjectFiles[],
): Record<string, TargetConfiguration> {
  const app = findCdkApp(workspace);
  if (app === undefined) return {};
  return {
    destroy: {
      executor: 'nx:run-commands',
      cache: false,
      dependsOn: [{ projects: [app.name], target: 'synth' }, cliBuild],
      options: { cwd: app.root, command: `harmony destroy ${workflow}` },
    },
  };
}
