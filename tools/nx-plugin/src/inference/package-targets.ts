import type { TargetRule } from './project-files.ts';
import { testTarget } from './test-target.ts';

/** `format`, `lint` and `typecheck` for every package; `test` where it has a test file. */
export const packageTargets: TargetRule = (project) => {
  const options = { cwd: project.root };
  const ignored = ['.gitignore', '.prettierignore'];
  return {
    format: {
      command: [
        'prettier --check --log-level warn .',
        // Found by itself only in the current folder.
        ...ignored.map((file) => `--ignore-path ${project.toWorkspaceRoot}/${file}`),
      ].join(' '),
      options,
      cache: true,
      inputs: [
        '{projectRoot}/**/*',
        ...['.prettierrc.json', ...ignored].map((file) => `{workspaceRoot}/${file}`),
        { externalDependencies: ['prettier'] },
      ],
    },
    lint: {
      command: 'eslint . --max-warnings 0',
      options,
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
      command: 'tsc --noEmit -p tsconfig.json',
      options,
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
