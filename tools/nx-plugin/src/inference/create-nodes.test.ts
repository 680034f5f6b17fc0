import { describe, expect, it } from 'vitest';
import { inferProjects } from './create-nodes.ts';

/** A workspace as inference sees it: paths, and the package.json among them. */
const files: Readonly<Record<string, string>> = {
  'package.json': '{"name":"workspace"}',
  'infra/package.json':
    '{"name":"@harmony/infra","dependencies":{"@harmony/audit":"*"},"nx":{"name":"infra"}}',
  'infra/cdk.json': '{}',
  'infra/src/orchestrations/account-review.ts': '',
  'infra/src/orchestrations/account-review.test.ts': '',
  'infra/src/orchestrations/cleanup.ts': '',
  'libs/contract/package.json': '{"name":"@harmony/contract","dependencies":{"zod":"4.0.0"}}',
  'libs/contract/src/name.test.ts': '',
  'libs/handler/package.json':
    '{"name":"@harmony/handler","dependencies":{"@harmony/contract":"*","logger":"2.0.0"}}',
  'libs/constructs/package.json':
    '{"name":"@harmony/constructs","dependencies":{"aws-cdk-lib":"2.0.0","@harmony/orchestration":"*"}}',
  'libs/orchestration/package.json': '{"name":"@harmony/orchestration"}',
  'libs/engine/package.json': '{"name":"@harmony/engine"}',
  'libs/contracts/audit/package.json':
    '{"name":"@harmony/audit-contract","dependencies":{"@harmony/contract":"*","zod":"4.0.0"}}',
  'libs/contracts/other/package.json': '{"name":"@harmony/other-contract"}',
  'libs/bare/package.json': '{"name":"@harmony/bare"}',
  'libs/measured/package.json': '{"name":"@harmony/measured"}',
  'libs/measured/bench/main.ts': '',
  'apps/audit/package.json':
    '{"name":"@harmony/audit","dependencies":{"@harmony/audit-contract":"*","@harmony/handler":"*","@harmony/constructs":"*","aws-cdk-lib":"2.0.0","luxon":"3.0.0"},"devDependencies":{"@harmony/engine":"*"}}',
  'apps/audit/workflow.asl.yaml': '',
  'apps/audit/test/workflow.test.ts': '',
  'apps/json/package.json': '{"name":"@harmony/json"}',
  'apps/json/workflow.asl.json': '',
};

const infer = (paths = Object.keys(files)) =>
  Object.fromEntries(
    inferProjects(paths, (path) => files[path] ?? '').map(({ root, targets }) => [root, targets]),
  );

const targetsOf = (root: string, paths?: readonly string[]) =>
  Object.keys(infer(paths as string[] | undefined)[root] ?? {}).sort();

describe('what a folder is, by the files in it', () => {
  it('a child workflow has a state machine, in YAML or in JSON', () => {
    const expected = [
      'assembly',
      'build',
      'coverage',
      'deploy',
      'destroy',
      'diff',
      'format',
      'lint',
      'run',
      'typecheck',
      'validate',
    ];
    expect(targetsOf('apps/json')).toEqual(expected);
    expect(targetsOf('apps/audit')).toEqual([...expected, 'test'].sort());
  });

  it('the CDK app has a cdk.json', () => {
    const expected = [
      'contract',
      'contract-snapshot',
      'deploy',
      'dev',
      'diff',
      'format',
      'lint',
      'run',
      'synth',
      'test',
      'typecheck',
    ];
    expect(targetsOf('infra')).toEqual(expected);
  });

  it('a package is linted and compiled; tested and measured where it has the files for it', () => {
    expect(targetsOf('libs/bare')).toEqual(['format', 'lint', 'typecheck']);
    expect(targetsOf('libs/contract')).toEqual(['format', 'lint', 'test', 'typecheck']);
    expect(targetsOf('libs/measured')).toEqual(['bench', 'format', 'lint', 'typecheck']);
  });

  it('a folder without package.json is no project, nor is the workspace itself', () => {
    expect(Object.keys(infer(['package.json', 'apps/audit/workflow.asl.yaml']))).toEqual([]);
  });

  it('a workspace without a CDK app has children that build but do not deploy', () => {
    const withoutApp = Object.keys(files).filter((file) => !file.startsWith('infra/'));
    expect(targetsOf('apps/json', withoutApp)).not.toContain('deploy');
  });

  it('the order in which Nx lists the files changes nothing', () => {
    const paths = Object.keys(files);
    expect(JSON.stringify(infer(paths.toReversed()))).toBe(JSON.stringify(infer(paths)));
  });
});

describe('deployment from the synthesised assembly', () => {
  it("a child deploys its own stack only, the app its orchestrators' only", () => {
    const child = infer()['apps/audit']?.['deploy']?.options.command as string;
    expect(child).toMatch(/^cdk deploy --app cdk\.out --exclusively \{args\.stage\}\/audit --/);
    const app = infer()['infra']?.['deploy']?.options.command as string;
    expect(app).toMatch(
      /^cdk deploy --app cdk\.out --exclusively \{args\.stage\}\/account-review \{args\.stage\}\/cleanup --/,
    );
  });

  it('waits for the contract check, and for no other deployment', () => {
    expect(infer()['apps/audit']?.['deploy']?.dependsOn).toEqual([
      { projects: ['infra'], target: 'contract' },
    ]);
    expect(infer()['infra']?.['deploy']?.dependsOn).toEqual([
      { projects: ['infra'], target: 'contract' },
    ]);
  });

  it('is never answered from the cache', () => {
    for (const target of ['deploy', 'diff', 'destroy']) {
      expect(infer()['apps/audit']?.[target]?.cache).toBe(false);
    }
  });
});

describe("a child's run", () => {
  it('reads an assembly of its own stack, and waits for no other child', () => {
    const { run, assembly } = infer()['apps/audit'] ?? {};
    expect(run?.command).toBe('harmony run audit --assembly apps/audit/.harmony/cdk.out');
    expect(run?.dependsOn).toEqual(['assembly', { projects: ['cli'], target: 'build' }]);
    expect(assembly?.dependsOn).toEqual(['build']);
    expect(assembly?.command).toBe(
      'node src/main.ts --stack audit --output ../apps/audit/.harmony/cdk.out',
    );
    expect(infer()['apps/json']?.['assembly']?.inputs).toContainEqual({
      input: 'synthesised',
      projects: ['infra', 'constructs', 'contract', 'handler', 'orchestration'],
    });
  });

  it('needs no assembly of its own where there is no CDK app', () => {
    const withoutApp = Object.keys(files).filter((file) => !file.startsWith('infra/'));
    expect(infer(withoutApp)['apps/json']?.['run']).toMatchObject({
      command: 'harmony run json',
      dependsOn: [{ projects: ['cli'], target: 'build' }],
    });
  });
});

describe('what a task reads', () => {
  it('a build: the packages that its bundles hold: its own, its contract’s, and the libraries’', () => {
    const inputs = infer()['apps/audit']?.['build']?.inputs ?? [];
    expect(inputs).toContainEqual({ externalDependencies: ['esbuild', 'logger', 'luxon', 'zod'] });
    expect(inputs).toContainEqual({
      input: 'types',
      projects: ['contract', 'audit-contract', 'handler'],
    });
  });

  it('synth reads what the app runs with; what only tests use is not part of it', () => {
    expect(infer()['infra']?.['synth']?.inputs).toContainEqual({
      input: 'synthesised',
      projects: ['audit', 'constructs', 'contract', 'audit-contract', 'handler', 'orchestration'],
    });
  });
});
