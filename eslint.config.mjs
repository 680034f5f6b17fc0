import { readdirSync } from 'node:fs';
import { createProjectGraphAsync, readCachedProjectGraph } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

// Without a cached project graph @nx/enforce-module-boundaries only warns and lets everything pass:
// make sure that there is one, also for a bare `npx eslint` right after `nx reset`.
try {
  readCachedProjectGraph();
} catch {
  await createProjectGraphAsync({ exitOnError: true });
}

const cdk = ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs'];
const scope = (name, ...may) => ({
  sourceTag: `scope:${name}`,
  onlyDependOnLibsWithTags: may.map((tag) => `scope:${tag}`),
});
const withoutCdk = (constraint) => ({ ...constraint, bannedExternalImports: cdk });
const children = readdirSync(new URL('apps/', import.meta.url));

/** The design's one-way imports; a folder that is not named may be imported by nothing. */
const boundaries = (childTestsMay = [], orchestrationTestsMay = [], infraTestsMay = []) => [
  'error',
  {
    enforceBuildableLibDependency: false,
    // The bundles that Nx builds are run, never imported; these two load the workspace's tools.
    allow: [],
    depConstraints: [
      scope(
        'infra',
        ...['child', 'constructs', 'orchestration', 'child-contract', 'assembly'],
        ...infraTestsMay,
      ),
      scope('child', 'child-contract', 'constructs', 'handler', ...childTestsMay),
      scope('constructs', 'orchestration', 'contract'),
      withoutCdk(scope('orchestration', 'contract', ...orchestrationTestsMay)),
      withoutCdk(scope('handler', 'contract')),
      withoutCdk(scope('assembly', 'contract')),
      withoutCdk(scope('local', 'engine', 'assembly')),
      withoutCdk(
        scope(
          'cli',
          'local',
          'engine',
          'assembly',
          'deploy',
          'contract-checks',
          'orchestration',
          'contract',
          'child-contract',
        ),
      ),
      { ...scope('child-contract', 'contract'), allowedExternalImports: ['zod', 'vitest'] },
      withoutCdk(scope('contract')),
      withoutCdk(scope('engine')),
      withoutCdk(scope('nx-plugin')),
      withoutCdk(scope('checks', 'nx-plugin')),
      withoutCdk(scope('deploy', 'assembly')),
      withoutCdk(scope('contract-checks', 'contract', 'engine', 'assembly', 'local')),
      scope('testing', 'constructs', 'local', 'assembly'),
      // A child sees its own contract only.
      ...children.map((child) => ({
        allSourceTags: ['scope:child', `child:${child}`],
        onlyDependOnLibsWithTags: [
          `child:${child}`,
          'scope:constructs',
          'scope:handler',
          ...childTestsMay.map((tag) => `scope:${tag}`),
        ],
      })),
    ],
  },
];

export default tseslint.config(
  { ignores: ['**/dist', '**/cdk.out', '**/.nx', '**/node_modules'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strict, prettier],
    plugins: { '@nx': nx },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(),
      // A promise that nobody awaits loses its error.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name what is exported (house style).' },
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Export by name: one name everywhere (house style).',
        },
      ],
    },
  },
  {
    // Libraries return values and emit events; only tools and measurements print.
    files: ['libs/**/*.ts', 'apps/**/*.ts', 'infra/src/**/*.ts'],
    ignores: ['**/bench/**', '**/conformance/**', '**/*.test.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['apps/**/*.test.ts', 'apps/*/test/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': boundaries([
        'testing',
        'local',
        'assembly',
        'contract-checks',
      ]),
    },
  },
  {
    // What is rendered is run: by the engine, which imports nothing of ours, so no circle closes.
    files: ['libs/orchestration/**/*.test.ts', 'libs/orchestration/{src/testing,bench}/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': boundaries([], ['engine', 'assembly']) },
  },
  {
    // Fixture children have contracts of their own.
    files: ['infra/{e2e,test,bench}/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': boundaries([], [], ['contract']) },
  },
  {
    files: ['apps/*/src/handlers/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: [...cdk, '@harmony/constructs'],
              message: 'A handler is bundled for Lambda: nothing of CDK may reach it.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['*.config.ts', '**/vitest.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
