import { cdkApp, deployTargets } from './cdk-stack.ts';
import { cliBuild } from './cli.ts';
import type { ProjectFiles, TargetRule } from './project-files.ts';
import { testTarget } from './test-target.ts';

/**
 * Handlers are bundled here, as cached work, never at synth. Each goes to a folder of its own, which
 * CDK takes as it is.
 */
const bundle = [
  'esbuild "src/handlers/*.ts" --bundle --platform=node --target=node24 --format=esm',
  '--outdir=dist --entry-names=[name]/index --out-extension:.js=.mjs',
  '--log-level=warning',
].join(' ');

/** A folder with a state machine (`workflow.asl.yaml` or `.json`) is a child workflow. */
export const childWorkflowTargets: TargetRule = (project, workspace) => {
  const { files, root, name } = project;
  const definition = files.find((file) => /^workflow\.asl\.(yaml|json)$/.test(file));
  if (definition === undefined) return {};
  const cwd = root;
  return {
    build: {
      command: bundle,
      options: { cwd },
      cache: true,
      inputs: [
        '{projectRoot}/src/**/*.ts',
        '!{projectRoot}/src/**/*.test.ts',
        '!{projectRoot}/src/workflow.ts',
        '{projectRoot}/package.json',
        { input: 'types', projects: bundled(project) },
        { externalDependencies: ['esbuild', '@aws-lambda-powertools/logger', 'zod'] },
      ],
      outputs: ['{projectRoot}/dist'],
    },
    // A child's tests run its bundled handlers from an assembly with that child alone.
    ...testTarget(project, {
      dependsOn: ['build'],
      inputs: [{ externalDependencies: ['esbuild'] }],
    }),
    validate: {
      command: `harmony validate ${root}/${definition}`,
      cache: true,
      dependsOn: [cliBuild],
      inputs: [`{projectRoot}/${definition}`, { dependentTasksOutputFiles: '**/*.mjs' }],
    },
    run: {
      command: `harmony run ${name}`,
      dependsOn: [...cdkApp(workspace, 'synth'), cliBuild],
    },
    ...deployTargets([name], workspace),
  };
};

/** What a child's handlers may import: its own contract and the two libraries under it. */
function bundled({ manifest }: ProjectFiles): string[] {
  const contracts = Object.keys(manifest.dependencies ?? {})
    .filter((dependency) => dependency.endsWith('-contract'))
    .map((dependency) => dependency.replace(/^@[^/]+\//, ''));
  return [...contracts, 'contract', 'handler'];
}
