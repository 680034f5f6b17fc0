import { destroyTarget, isDefinition, ownAssembly, stackTargets } from './cdk-stack.ts';
import { cliBuild } from './cli.ts';
import { type ProjectFiles, runtimeDependencies, type TargetRule } from './project-files.ts';
import { testTarget } from './test-target.ts';

/** Where this plugin keeps its bundler. */
const bundler = 'tools/nx-plugin/src/bundle';

/** A folder with a state machine (`workflow.asl.yaml` or `.json`) is a child workflow. */
export const childWorkflowTargets: TargetRule = (project, workspace) => {
  const { files, root, name, toWorkspaceRoot } = project;
  const definition = files.find(isDefinition);
  if (definition === undefined) return {};
  const own = ownAssembly(project, workspace);
  const inBundle = bundledPackages(project, workspace);
  return {
    build: {
      // Handlers are bundled here, as cached work, never at synth.
      command: `node ${toWorkspaceRoot}/${bundler}/main.ts`,
      options: { cwd: root },
      cache: true,
      inputs: [
        '{projectRoot}/src/**/*.ts',
        '!{projectRoot}/src/**/*.test.ts',
        '!{projectRoot}/src/workflow.ts',
        '{projectRoot}/{package,tsconfig}.json',
        // esbuild reads how the sources are meant.
        '{workspaceRoot}/tsconfig.base.json',
        { input: 'types', projects: inBundle.map((other) => other.name) },
        `{workspaceRoot}/${bundler}/*.ts`,
        `!{workspaceRoot}/${bundler}/*.test.ts`,
        { externalDependencies: externalPackages([project, ...inBundle]) },
      ],
      outputs: ['{projectRoot}/dist'],
    },
    // A child's tests run its bundled handlers from an assembly with that child alone.
    ...testTarget(project, {
      dependsOn: ['build'],
      inputs: [{ dependentTasksOutputFiles: '**/*.mjs' }],
      outputs: ['{projectRoot}/.harmony/coverage'],
    }),
    coverage: {
      command: `harmony coverage ${name}`,
      dependsOn: ['test', cliBuild],
    },
    validate: {
      command: `harmony validate ${root}/${definition}`,
      cache: true,
      dependsOn: [cliBuild],
      inputs: [
        `{projectRoot}/${definition}`,
        // What the definition reads is checked against the child's committed contract.
        `{workspaceRoot}/libs/contracts/${name}/contract.json`,
        { dependentTasksOutputFiles: '**/*.mjs' },
      ],
    },
    ...own.targets,
    run: {
      command: `harmony run ${name}${own.folder === undefined ? '' : ` --assembly ${own.folder}`}`,
      dependsOn: [...Object.keys(own.targets), cliBuild],
    },
    ...stackTargets(['deploy', 'diff'], [name], workspace),
    ...destroyTarget(name, workspace),
  };
};

/** The workspace's own packages that a child's bundles may hold: its contract and libraries without CDK. */
function bundledPackages(
  { manifest }: ProjectFiles,
  workspace: readonly ProjectFiles[],
): readonly ProjectFiles[] {
  const direct = workspace.filter(
    (other) =>
      manifest.dependencies?.[other.manifest.name ?? ''] !== undefined &&
      other.manifest.dependencies?.['aws-cdk-lib'] === undefined,
  );
  const all = direct.flatMap((other) => [other, ...runtimeDependencies(other, workspace)]);
  return workspace.filter((other) => all.includes(other));
}

/** What esbuild takes from node_modules: a new version of any of it is a new bundle. */
function externalPackages(projects: readonly ProjectFiles[]): string[] {
  const names = projects.flatMap(({ manifest }) =>
    Object.entries(manifest.dependencies ?? {})
      // `*` is how the workspace's packages name each other; CDK reaches no bundle.
      .filter(([name, version]) => version !== '*' && !/^(aws-cdk-lib|constructs)$/.test(name))
      .map(([name]) => name),
  );
  return [...new Set(['esbuild', ...names])].sort();
}
