import type { TargetRule } from './project-files.ts';
import { testTarget } from './test-target.ts';

/**
 * `format`, `lint` and `typecheck` for every package, by an executor that checks several at once;
 * `test` where it has a test file.
 */
export const packageTargets: TargetRule = (project) => {
  const ignored = ['.gitignore', '.prettierignore'];
  return {
    format: {
      executor: '@harmony/nx-plugin:check',
      options: { by: 'prettier' },
      cache: true,
      inputs: [
        '{projectRoot}/**/*',
        ...['.prettierrc.json', ...ignored].map((file) => `{workspaceRoot}/${file}`),
        { externalDependencies: ['prettier'] },
      ],
    },
    lint: {
      executor: '@harmony/nx-plugin:check',
      options: { by: 'eslint' },
      cache: true,
      inputs: [
        'sources',
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
      executor: '@harmony/nx-plugin:check',
      options: { by: 'typescript' },
      cache: true,
      inputs: [
        'sources',
        '^types',
        '{workspaceRoot}/tsconfig.base.json',
        { externalDependencies: ['typescript', '@types/node'] },
      ],
    },
    ...testTarget(project),
  };
};
