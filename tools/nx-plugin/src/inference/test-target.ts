import type { TargetConfiguration } from '@nx/devkit';
import type { ProjectFiles } from './project-files.ts';

type Dependencies = NonNullable<TargetConfiguration['dependsOn']>;
type Inputs = NonNullable<TargetConfiguration['inputs']>;

/**
 * `test` where the project has a test file, with a vitest.config.ts of its own if it has one. `needs` are the tasks whose results its
 * tests use.
 */
export function testTarget(
  { files, root, toWorkspaceRoot }: ProjectFiles,
  needs: {
    readonly dependsOn?: Dependencies;
    readonly inputs?: Inputs;
    readonly outputs?: readonly string[];
  } = {},
): Record<string, TargetConfiguration> {
  if (!files.some((file) => file.endsWith('.test.ts'))) return {};
  const config = files.includes('vitest.config.ts')
    ? 'vitest.config.ts'
    : `${toWorkspaceRoot}/vitest.config.ts`;
  return {
    test: {
      command: `vitest run --root . --config ${config}`,
      options: { cwd: root },
      cache: true,
      dependsOn: needs.dependsOn ?? [],
      // The reporter's counts: a cached run answers for its tests too.
      outputs: ['{projectRoot}/.harmony/tests.json', ...(needs.outputs ?? [])],
      inputs: [
        'default',
        '^production',
        '^testing',
        '{workspaceRoot}/vitest.config.ts',
        { externalDependencies: ['vitest', 'fast-check'] },
        ...(needs.inputs ?? []),
      ],
    },
  };
}
