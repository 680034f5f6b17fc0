import type { TargetRule } from './project-files.ts';
import { testTarget } from './test-target.ts';

/** `lint` and `typecheck` for every package; `test` where it has a test file. */
export const packageTargets: TargetRule = (project) => {
  const options = { cwd: project.root };
  return {
    lint: {
      command: 'eslint . --max-warnings 0',
      options,
      cache: true,
      inputs: [
        'default',
        '^types',
        'packageManifests',
        '{workspaceRoot}/eslint.config.mjs',
        '{workspaceRoot}/tsconfig.base.json',
        {
          externalDependencies: ['eslint', 'typescript-eslint', '@nx/eslint-plugin', 'typescript'],
        },
      ],
    },
    typecheck: {
      command: 'tsc --noEmit -p tsconfig.json',
      options,
      cache: true,
      inputs: [
        'default',
        '^types',
        '{workspaceRoot}/tsconfig.base.json',
        { externalDependencies: ['typescript', '@types/node'] },
      ],
    },
    ...testTarget(project),
  };
};
