import { describe, expect, it } from 'vitest';
import { stageOf } from '../test/stage.ts';
import { type Change, planDeployment } from './plan-deployment.ts';
import type { Project, ProjectGraph } from './project-graph.ts';

const project = (
  name: string,
  root: string,
  dependencies: readonly string[] = [],
  tags: readonly string[] = [],
): Project => ({ name, root, tags, dependencies, alsoReads: [] });

const child = (name: string): Project[] => [
  {
    ...project(name, `apps/${name}`, [`${name}-contract`, 'constructs', 'handler']),
    tags: ['scope:child', `child:${name}`],
    alsoReads: ['tools/nx-plugin/src/bundle/*.ts', '!tools/nx-plugin/src/bundle/*.test.ts'],
  },
  project(
    `${name}-contract`,
    `libs/contracts/${name}`,
    ['contract'],
    ['scope:child-contract', `child:${name}`],
  ),
];

const graph: ProjectGraph = {
  app: 'infra',
  deployable: ['{projectRoot}/**/*', '!{projectRoot}/**/*.md', '!{projectRoot}/**/*.test.ts'],
  projects: [
    project('infra', 'infra', [
      'billing',
      'billing-contract',
      'audit',
      'audit-contract',
      'tags',
      'tags-contract',
      'constructs',
      'orchestration',
    ]),
    ...child('billing'),
    ...child('audit'),
    ...child('tags'),
    project('contract', 'libs/contract'),
    project('handler', 'libs/handler', ['contract']),
    project('orchestration', 'libs/orchestration', ['contract']),
    project('constructs', 'libs/constructs', ['orchestration', 'contract']),
    project('engine', 'libs/engine'),
  ],
};

const stage = stageOf('prod', ['audit', 'billing', 'tags'], {
  nightly: ['audit'],
  review: ['billing', 'audit'],
});

const plan = (...files: readonly (string | Change)[]) =>
  planDeployment({
    stages: [stage],
    graph,
    since: {
      base: 'abc',
      changes: files.map((file) => (typeof file === 'string' ? { file, deleted: false } : file)),
    },
  });

const waves = (...files: readonly string[]) =>
  plan(...files).stages[0]?.waves.map((wave) => wave.map(({ selector }) => selector));

describe('which stacks a change affects, children first', () => {
  it('a handler: its child, then the orchestrators that start it', () => {
    expect(waves('apps/billing/src/handlers/find.ts')).toEqual([['prod/billing'], ['prod/review']]);
    expect(waves('apps/audit/workflow.asl.yaml')).toEqual([
      ['prod/audit'],
      ['prod/nightly', 'prod/review'],
    ]);
  });

  it('a child that no orchestrator starts: that child alone', () => {
    expect(waves('apps/tags/src/workflow.ts')).toEqual([['prod/tags']]);
  });

  it('an orchestration: its orchestrator alone, children not pulled in', () => {
    expect(waves('infra/src/orchestrations/review.ts')).toEqual([['prod/review']]);
  });

  it('what the app does to every stack: every stack', () => {
    expect(waves('infra/src/stages.ts')).toEqual([
      ['prod/audit', 'prod/billing', 'prod/tags'],
      ['prod/nightly', 'prod/review'],
    ]);
  });

  it('a library: whatever is made with it', () => {
    expect(waves('libs/handler/src/check-input.ts')?.[0]).toHaveLength(3);
    expect(waves('package-lock.json')?.flat()).toHaveLength(5);
    // Changes that reach the app past the children affect the orchestrators they do not start, too.
    expect(waves('libs/orchestration/src/render.ts')).toContainEqual([
      'prod/nightly',
      'prod/review',
    ]);
  });

  it('files that are read though they lie in no project of the stack', () => {
    expect(waves('tools/nx-plugin/src/bundle/bundle-handlers.ts')?.[0]).toHaveLength(3);
    expect(waves('tools/nx-plugin/src/bundle/bundle-handlers.test.ts')).toEqual([]);
  });

  it('documentation, tests, and code that reaches no assembly: none', () => {
    expect(
      waves('README.md', 'apps/audit/README.md', 'apps/audit/a.test.ts', 'libs/engine/src/run.ts'),
    ).toEqual([]);
  });

  it('without a base, everything', () => {
    const { stages } = planDeployment({ stages: [stage], graph });
    expect(stages[0]?.waves.flat()).toHaveLength(5);
    expect(stages[0]?.unaffected).toEqual([]);
  });
});

describe('what a plan says', () => {
  it('why: the file, and its way through the projects', () => {
    const [children, orchestrators] =
      plan('libs/contracts/audit/src/index.ts').stages[0]?.waves ?? [];
    const file = 'libs/contracts/audit/src/index.ts';
    expect(children?.[0]?.because).toEqual([{ file, path: ['audit-contract', 'audit'] }]);
    expect(orchestrators?.map(({ because }) => because)).toEqual([
      [{ file, path: ['audit-contract', 'audit', 'infra'] }],
      [{ file, path: ['audit-contract', 'audit', 'infra'] }],
    ]);
  });

  it('which stacks it leaves alone', () => {
    expect(plan('apps/billing/src/a.ts').stages[0]?.unaffected).toEqual([
      'audit',
      'nightly',
      'tags',
    ]);
  });

  it('which contracts changed themselves', () => {
    expect(plan('libs/contracts/audit/src/index.ts', 'apps/tags/src/a.ts').contracts).toEqual([
      { name: 'audit', files: ['libs/contracts/audit/src/index.ts'] },
    ]);
    expect(plan('libs/contract/src/index.ts').contracts).toEqual([]);
  });

  it('which workflows are gone, whose stacks nobody deletes', () => {
    const gone = { file: 'apps/old/workflow.asl.yaml', deleted: true };
    const orchestration = { file: 'infra/src/orchestrations/weekly.ts', deleted: true };
    const renamed = { file: 'apps/audit/workflow.asl.json', deleted: true };
    expect(plan(gone, orchestration, renamed).removed).toEqual([
      { name: 'old', file: gone.file },
      { name: 'weekly', file: orchestration.file },
    ]);
  });
});

describe('a stack that holds no workflow', () => {
  const shared = { ...stage, stacks: ['prod-shared', 'prod-audit', 'prod-review'] };
  const wavesAfter = (file: string) => {
    const { stages } = planDeployment({
      stages: [shared],
      graph,
      since: { base: 'abc', changes: [{ file, deleted: false }] },
    });
    return stages[0]?.waves.map((wave) => wave.map(({ name }) => name));
  };

  it('is deployed before the workflows that use what it makes', () => {
    const { stages } = planDeployment({ stages: [shared], graph });
    expect(stages[0]?.waves[0]).toMatchObject([{ name: 'shared', kind: 'shared', uses: [] }]);
  });

  it('is reached by a change of the app, and by none of a child', () => {
    expect(wavesAfter('infra/src/shared.ts')?.[0]).toEqual(['shared']);
    expect(wavesAfter('apps/billing/src/workflow.ts')?.flat()).not.toContain('shared');
  });
});
