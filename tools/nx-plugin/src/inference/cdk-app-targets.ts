import { basename } from 'node:path/posix';
import { stackTargets } from './cdk-stack.ts';
import { cliBuild } from './cli.ts';
import { runtimeDependencies, type TargetRule } from './project-files.ts';
import { testTarget } from './test-target.ts';

/** The CDK app: the folder with a `cdk.json`. Its file names under `src/orchestrations` name the stacks. */
export const cdkAppTargets: TargetRule = (project, workspace) => {
  const { files, root } = project;
  if (!files.includes('cdk.json')) return {};
  const cwd = root;
  const orchestrations = files
    .filter((file) => /^src\/orchestrations\/[^/]+\.ts$/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => basename(file, '.ts'));
  return {
    synth: {
      command: 'node src/main.ts',
      options: { cwd },
      cache: true,
      dependsOn: ['^build'],
      // Not `^synthesised`: what a child's tests use, such as the interpreter, reaches no assembly.
      inputs: [
        'synthesised',
        {
          input: 'synthesised',
          projects: runtimeDependencies(project, workspace).map(({ name }) => name),
        },
        // The bundles and their source maps: their bundler too can change what they hold.
        { dependentTasksOutputFiles: '**/*.{mjs,map}' },
        // It stands in the manifests, as a tag.
        { env: 'HARMONY_COMMIT' },
      ],
      outputs: ['{projectRoot}/cdk.out'],
    },
    contract: {
      command: `harmony contracts check --assembly ${root}/cdk.out`,
      cache: true,
      dependsOn: ['synth', cliBuild],
      inputs: [{ dependentTasksOutputFiles: '**/*.{json,mjs}' }],
    },
    // Not cached: what it writes is committed, so it is no output of Nx's.
    'contract-snapshot': {
      command: `harmony contracts snapshot ${orchestrations.join(' ')}`,
      cache: false,
      dependsOn: [cliBuild],
    },
    run: {
      command: 'harmony run',
      dependsOn: ['synth', cliBuild],
    },
    dev: {
      command: 'harmony dev',
      continuous: true,
      dependsOn: ['synth', cliBuild],
    },
    ...testTarget(project, {
      dependsOn: ['synth', cliBuild],
      inputs: [
        '^mocks',
        '{workspaceRoot}/.vscode/settings.json',
        { dependentTasksOutputFiles: '**/*.{json,mjs}' },
      ],
    }),
    ...stackTargets(['deploy', 'diff'], orchestrations, workspace),
  };
};
