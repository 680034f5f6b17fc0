import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rerunTasks } from '@harmony/nx-plugin/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { copyExample } from './example.ts';

const contains = (...tasks: string[]): unknown => expect.arrayContaining(tasks);

interface Case {
  readonly file: string;
  /** Added to the file; a comment unless given. */
  readonly text?: string;
  /** The tasks that run again; formatting and knip, which look at every file, aside. */
  readonly reruns: unknown;
}

// Tasks that read what others put out (`infra:contract`, the tests of infra) run again when that
// differs; rebuild.test.ts sees to those.
const cases: Readonly<Record<string, Case>> = {
  'nothing: nothing': { file: 'README.md', text: '', reruns: [] },
  'a handler: its child’s build and tests, its own checks, and infra’s synth and tests': {
    file: 'apps/billing-alerts/src/handlers/find-aliases.ts',
    reruns: [
      'billing-alerts:assembly',
      'billing-alerts:build',
      'billing-alerts:lint',
      'billing-alerts:test',
      'billing-alerts:typecheck',
      'infra:synth',
      'infra:test',
    ],
  },
  'a contract: itself, its child and infra': {
    file: 'libs/contracts/billing-alerts/src/index.ts',
    reruns: contains('billing-alerts:build', 'billing-alerts:test', 'infra:synth'),
  },
  'a README: nothing': { file: 'README.md', text: 'More.\n', reruns: [] },
  'a child’s README: nothing': {
    file: 'apps/billing-alerts/README.md',
    text: 'More.\n',
    reruns: [],
  },
  'a page whose examples are compiled: the test that reads it': {
    file: 'docs/orchestration.md',
    text: 'More.\n',
    reruns: ['orchestration:test'],
  },
  'a state machine: no build, so its handlers are not bundled again': {
    file: 'apps/billing-alerts/workflow.asl.yaml',
    text: '\n# changed\n',
    reruns: [
      'billing-alerts:assembly',
      'billing-alerts:test',
      'billing-alerts:validate',
      'infra:synth',
      'infra:test',
    ],
  },
  'mocks: the tests that use them, but no synth': {
    file: 'apps/billing-alerts/mocks.json',
    text: '\n',
    reruns: ['billing-alerts:test', 'infra:test'],
  },
  'a test: its own package only': {
    file: 'apps/billing-alerts/test/here.test.ts',
    reruns: ['billing-alerts:lint', 'billing-alerts:test', 'billing-alerts:typecheck'],
  },
  'an orchestration: infra only': {
    file: 'infra/src/orchestrations/account-review.ts',
    reruns: contains('infra:lint', 'infra:synth', 'infra:test', 'infra:typecheck'),
  },
  'the interpreter: its own checks, among others': {
    file: 'libs/engine/src/index.ts',
    reruns: contains('cli:build', 'engine:lint'),
  },
  'what handlers share: every child’s build': {
    file: 'libs/handler/src/index.ts',
    reruns: contains(
      'billing-alerts:build',
      'credential-audit:build',
      'infra:synth',
      'tag-compliance:build',
    ),
  },
};

const reruns: Record<string, readonly string[]> = {};
const projectsOf = (tasks: readonly string[] = []): readonly string[] => [
  ...new Set(tasks.map((task) => task.split(':')[0] ?? '')),
];

beforeAll(async () => {
  await using workspace = await copyExample();
  // A test each, so that there is a test task to look at.
  for (const file of ['apps/billing-alerts/test/here.test.ts', 'infra/src/here.test.ts']) {
    await mkdir(dirname(join(workspace.root, file)), { recursive: true });
    await writeFile(join(workspace.root, file), 'export {};\n');
  }
  const names = Object.keys(cases);
  const found = await rerunTasks(
    workspace,
    Object.values(cases).map(({ file, text = '\n// changed\n' }) => ({ file, text })),
  );
  for (const [index, tasks] of found.entries()) {
    reruns[names[index] ?? ''] = tasks.filter((task) => !/:(format|knip)$/.test(task));
  }
});

describe('what runs again after a change of', () => {
  it.each(Object.entries(cases))('%s', (name, { reruns: expected }) => {
    expect(reruns[name]).toEqual(expected);
  });

  it('a contract reaches no other child', () => {
    const found = projectsOf(reruns['a contract: itself, its child and infra']);
    expect(new Set(found)).toEqual(new Set(['billing-alerts', 'billing-alerts-contract', 'infra']));
  });

  it('the interpreter: no handler’s bundle, for nothing of it is deployed', () => {
    // Synth asks it how deep a condition may be, and writes the same.
    const tasks = reruns['the interpreter: its own checks, among others'] ?? [];
    expect(tasks.filter((task) => /:(synth|build)$/.test(task))).toEqual([
      'cli:build',
      'infra:synth',
    ]);
  });
});
