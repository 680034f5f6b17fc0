import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  changedTasks,
  type TaskHashes,
  taskHashes,
  type WorkspaceCopy,
} from '@harmony/nx-plugin/testing';
import { copyExample } from './example.ts';

let workspace: WorkspaceCopy;
let before: TaskHashes;

beforeAll(async () => {
  workspace = await copyExample();
  // A test each, so that there is a test task to look at.
  await write('apps/billing-alerts/test/here.test.ts', 'export {};\n');
  await write('infra/src/here.test.ts', 'export {};\n');
  before = await taskHashes(workspace);
});

afterAll(() => workspace[Symbol.asyncDispose]());

async function write(file: string, content: string): Promise<void> {
  await mkdir(dirname(join(workspace.root, file)), { recursive: true });
  await writeFile(join(workspace.root, file), content);
}

/** The tasks that Nx would run again after a change of `file`, by its own hasher; formatting aside. */
async function rerunBy(file: string, change = '\n// changed\n'): Promise<readonly string[]> {
  const path = join(workspace.root, file);
  const content = await readFile(path).catch(() => undefined);
  await mkdir(dirname(path), { recursive: true });
  await appendFile(path, change);
  try {
    const tasks = changedTasks(before, await taskHashes(workspace));
    return tasks.filter((task) => !task.endsWith(':format'));
  } finally {
    if (content === undefined) await rm(path);
    else await writeFile(path, content);
  }
}

// Tasks that read what others put out (`infra:contract`, the tests of infra) run again when that
// differs; rebuild.test.ts sees to those.
describe('what runs again after a change of', () => {
  it('nothing: nothing', async () => {
    expect(changedTasks(before, await taskHashes(workspace))).toEqual([]);
  });

  it('a handler: its child’s build and tests, its own checks, and infra’s synth and tests', async () => {
    expect(await rerunBy('apps/billing-alerts/src/handlers/find-aliases.ts')).toEqual([
      'billing-alerts:build',
      'billing-alerts:lint',
      'billing-alerts:test',
      'billing-alerts:typecheck',
      'infra:synth',
      'infra:test',
    ]);
  });

  it('a contract: itself, its child and infra', async () => {
    const tasks = await rerunBy('libs/contracts/billing-alerts/src/index.ts');
    expect(new Set(tasks.map((task) => task.split(':')[0]))).toEqual(
      new Set(['billing-alerts', 'billing-alerts-contract', 'infra']),
    );
    expect(tasks).toEqual(
      expect.arrayContaining(['billing-alerts:build', 'billing-alerts:test', 'infra:synth']),
    );
  });

  it('a README: nothing', async () => {
    expect(await rerunBy('README.md', 'More.\n')).toEqual([]);
    expect(await rerunBy('apps/billing-alerts/README.md', 'More.\n')).toEqual([]);
  });

  it('a page whose examples are compiled: the test that reads it', async () => {
    expect(await rerunBy('docs/orchestration.md', 'More.\n')).toEqual(['orchestration:test']);
  });

  it('a state machine: no build, so its handlers are not bundled again', async () => {
    const tasks = await rerunBy('apps/billing-alerts/workflow.asl.yaml', '\n# changed\n');
    expect(tasks).toEqual([
      'billing-alerts:test',
      'billing-alerts:validate',
      'infra:synth',
      'infra:test',
    ]);
  });

  it('mocks: the tests that use them, but no synth', async () => {
    expect(await rerunBy('apps/billing-alerts/mocks.json', '\n')).toEqual([
      'billing-alerts:test',
      'infra:test',
    ]);
  });

  it('a test: its own package only', async () => {
    expect(await rerunBy('apps/billing-alerts/test/here.test.ts')).toEqual([
      'billing-alerts:lint',
      'billing-alerts:test',
      'billing-alerts:typecheck',
    ]);
  });

  it('an orchestration: infra only', async () => {
    expect(await rerunBy('infra/src/orchestrations/account-review.ts')).toEqual(
      expect.arrayContaining(['infra:lint', 'infra:synth', 'infra:test', 'infra:typecheck']),
    );
  });

  it('the interpreter: no assembly, for nothing of it is deployed', async () => {
    const tasks = await rerunBy('libs/engine/src/index.ts');
    expect(tasks).toContain('engine:lint');
    expect(tasks.filter((task) => /:(synth|build)$/.test(task) && task !== 'cli:build')).toEqual(
      [],
    );
  });

  it('what handlers share: every child’s build', async () => {
    const tasks = await rerunBy('libs/handler/src/index.ts');
    expect(tasks).toEqual(
      expect.arrayContaining([
        'billing-alerts:build',
        'credential-audit:build',
        'infra:synth',
        'tag-compliance:build',
      ]),
    );
  });
});
