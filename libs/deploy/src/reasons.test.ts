import { describe, expect, it } from 'vitest';
import type { Project, ProjectGraph } from './project-graph.ts';
import { changedContracts, deployable, reasonsFor } from './reasons.ts';

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

const stacks = [
  { name: 'audit', kind: 'child', uses: [] },
  { name: 'billing', kind: 'child', uses: [] },
  { name: 'tags', kind: 'child', uses: [] },
  { name: 'nightly', kind: 'orchestrator', uses: ['audit'] },
  { name: 'review', kind: 'orchestrator', uses: ['audit', 'billing'] },
] as const;

const changesOf = (files: readonly string[]) =>
  deployable(
    files.map((file) => ({ file, deleted: false })),
    graph,
  );
/** By stack: the ways that the files reach it. */
const ways = (...files: readonly string[]) =>
  Object.fromEntries(
    stacks.flatMap((stack) => {
      const found = reasonsFor(stack, changesOf(files), graph).map(({ path }) => path.join(' '));
      return found.length > 0 ? [[stack.name, found]] : [];
    }),
  );

describe('how a changed file reaches a stack', () => {
  it('a handler: through its child, to the orchestrators that start it', () => {
    expect(ways('apps/billing/src/handlers/find.ts')).toEqual({
      billing: ['billing'],
      review: ['billing infra'],
    });
  });

  it('a contract: through what is made with it', () => {
    expect(ways('libs/contracts/audit/src/index.ts')).toEqual({
      audit: ['audit-contract audit'],
      nightly: ['audit-contract audit infra'],
      review: ['audit-contract audit infra'],
    });
  });

  it("an orchestration's or a stack's own file: that stack alone", () => {
    expect(ways('infra/src/orchestrations/review.ts')).toEqual({ review: ['infra'] });
    expect(ways('infra/src/stacks/review.ts')).toEqual({ review: ['infra'] });
    expect(ways('infra/src/stacks/tags.ts')).toEqual({ tags: ['infra tags'] });
  });

  it('what the app does to every stack, or every bundle is made with: each of them', () => {
    for (const file of ['infra/src/stages.ts', 'package-lock.json']) {
      expect(Object.keys(ways(file))).toHaveLength(5);
    }
    expect(Object.keys(ways('libs/orchestration/src/render.ts'))).toHaveLength(5);
  });

  it('a file that is read though it lies in no project of the stack', () => {
    expect(Object.keys(ways('tools/nx-plugin/src/bundle/bundle-handlers.ts'))).toEqual(
      expect.arrayContaining(['audit', 'billing', 'tags']),
    );
    expect(ways('tools/nx-plugin/src/bundle/bundle-handlers.test.ts')).toEqual({});
  });

  it('documentation, tests, and code that reaches no assembly: in no way', () => {
    expect(
      ways('README.md', 'apps/audit/README.md', 'apps/audit/a.test.ts', 'libs/engine/src/run.ts'),
    ).toEqual({});
  });

  it('and which contracts changed themselves', () => {
    const files = ['libs/contracts/audit/src/index.ts', 'apps/tags/src/a.ts'];
    expect(changedContracts(changesOf(files), graph)).toEqual([
      { name: 'audit', files: ['libs/contracts/audit/src/index.ts'] },
    ]);
    expect(changedContracts(changesOf(['libs/contract/src/index.ts']), graph)).toEqual([]);
  });
});
