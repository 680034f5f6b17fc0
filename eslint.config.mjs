import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
/** Who may import whom; the error base is below all of them. */
const scope = (name, ...may) => ({
  sourceTag: `scope:${name}`,
  onlyDependOnLibsWithTags: [...may, 'errors'].map((tag) => `scope:${tag}`),
});
const withoutCdk = (constraint) => ({ ...constraint, bannedExternalImports: cdk });
const children = readdirSync(new URL('apps/', import.meta.url));

/** The design's one-way imports; a folder that is not named may be imported by nothing. */
const boundaries = (
  childTestsMay = [],
  orchestrationTestsMay = [],
  infraTestsMay = [],
  awsTestsMay = [],
) => [
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
      scope('constructs', 'orchestration', 'artifact', 'contract', 'schema'),
      withoutCdk(scope('artifact', 'contract', 'schema', 'engine')),
      withoutCdk(
        scope('orchestration', 'artifact', 'contract', 'schema', ...orchestrationTestsMay),
      ),
      withoutCdk(scope('handler', 'contract')),
      withoutCdk(scope('assembly', 'artifact', 'contract', 'schema')),
      withoutCdk(
        scope('local', 'engine', 'artifact', 'assembly', 'aws-calls', 'orchestration', 'schema'),
      ),
      withoutCdk(scope('server', 'local', 'engine', 'assembly')),
      withoutCdk(
        scope(
          'cli',
          'server',
          'local',
          'engine',
          'assembly',
          'deploy',
          'contract-checks',
          'orchestration',
          'artifact',
          'contract',
          'schema',
          'child-contract',
          ...awsTestsMay,
        ),
      ),
      { ...scope('child-contract', 'contract'), allowedExternalImports: ['zod', 'vitest'] },
      withoutCdk(scope('contract', 'schema')),
      withoutCdk(scope('schema')),
      { sourceTag: 'scope:errors', onlyDependOnLibsWithTags: [] },
      withoutCdk(scope('engine')),
      withoutCdk(scope('aws-calls')),
      withoutCdk({ sourceTag: 'scope:nx-plugin', onlyDependOnLibsWithTags: [] }),
      withoutCdk({ sourceTag: 'scope:fake-aws', onlyDependOnLibsWithTags: [] }),
      withoutCdk(scope('checks', 'nx-plugin', ...awsTestsMay)),
      withoutCdk(scope('deploy', 'artifact', 'assembly', ...awsTestsMay)),
      withoutCdk(
        scope(
          'contract-checks',
          'artifact',
          'contract',
          'schema',
          'orchestration',
          'engine',
          'assembly',
          'aws-calls',
          'local',
          ...awsTestsMay,
        ),
      ),
      scope('testing', 'constructs', 'local', 'assembly', 'contract-checks'),
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

/**
 * What a package runs with is named in its `dependencies`, where the inference of targets looks for what a
 * synth and a bundle are made of. npm links every package of the workspace into one folder, so
 * nothing else would fail for one that is missing, or that only tests are said to need.
 */
const declaredDependencies = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      missing:
        '{{name}} is not in the "dependencies" of {{manifest}}, by which Nx decides what runs again: add it there.',
    },
  },
  create(context) {
    let folder = dirname(context.filename);
    while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
    const manifest = join(folder, 'package.json');
    const { name: own, dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
    const check = ({ source }) => {
      const [name] = /^@harmony\/[^/]+/.exec(source?.value ?? '') ?? [];
      if (name === undefined || name === own || name in dependencies) return;
      context.report({ node: source, messageId: 'missing', data: { name, manifest } });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

export default tseslint.config(
  { ignores: ['**/dist', '**/cdk.out', '**/.nx', '**/.harmony', '**/node_modules'] },
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
      '@typescript-eslint/no-unused-vars': [
        'error',
        // What is named to be left out, or held until it is disposed of.
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
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
    ignores: ['**/bench/**', 'libs/*/fuzz/**', '**/conformance/**', '**/*.test.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    // Sources; tests, fixtures and measurements may use `devDependencies`.
    files: ['{apps,libs,infra,tools}/**/*.ts'],
    ignores: ['**/*.test.ts', '**/{test,e2e,bench,conformance,testing}/**', 'libs/*/fuzz/**'],
    plugins: { harmony: { rules: { 'declared-dependencies': declaredDependencies } } },
    rules: { 'harmony/declared-dependencies': 'error' },
  },
  {
    // One place for what a package's own tests share; nothing but tests reaches it, and Nx counts it to
    // the inputs of tests alone.
    files: ['{libs,tools}/*/{test,tests,testing,fixtures}/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'Program', message: "What tests share lies in the package's src/testing." },
      ],
    },
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
    rules: {
      '@nx/enforce-module-boundaries': boundaries(
        [],
        [],
        ['contract', 'contract-checks', 'artifact', 'fake-aws'],
      ),
    },
  },
  {
    // What speaks to AWS is tested against the double of it; orchestrators are rendered as they are.
    files: [
      'libs/{deploy,contract-checks}/**/*.test.ts',
      'libs/{deploy,contract-checks}/src/testing/**/*.ts',
      'tools/{checks,cli}/**/*.test.ts',
    ],
    rules: {
      '@nx/enforce-module-boundaries': boundaries([], [], [], ['fake-aws', 'orchestration']),
    },
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
    // Vitest wants the default export; a package's own extends the workspace's.
    rules: { 'no-restricted-syntax': 'off', '@nx/enforce-module-boundaries': 'off' },
  },
);
