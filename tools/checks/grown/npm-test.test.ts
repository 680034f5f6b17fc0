import { existsSync, globSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  childWorkflowGenerator,
  orchestrationGenerator,
  removeChildGenerator,
  targetGenerator,
} from '@harmony/nx-plugin/generators';
import { copyWorkspace, generate, type WorkspaceCopy } from '@harmony/nx-plugin/testing';
import { expect, it } from 'vitest';
import { workspaceRoot } from '../src/workspace.ts';

/** Every form that the generators give a name: `early-bird`, `earlyBird`, `EarlyBird`. */
const from = ['early-bird', 'earlyBird', 'EarlyBird'] as const;
const to = ['night-owl', 'nightOwl', 'NightOwl'] as const;

/** As a person would: move the folders, then replace the names in every file that has them. */
async function renameChild({ root }: WorkspaceCopy): Promise<void> {
  for (const folder of ['apps', 'libs/contracts']) {
    await rename(join(root, folder, from[0]), join(root, folder, to[0]));
  }
  await rename(
    join(root, `infra/src/stacks/${from[0]}.ts`),
    join(root, `infra/src/stacks/${to[0]}.ts`),
  );
  const files = globSync(
    ['infra/package.json', `infra/src/stacks/${to[0]}.ts`, `{apps,libs/contracts}/${to[0]}/**/*`],
    { cwd: root, withFileTypes: true },
  ).filter((entry) => entry.isFile());
  for (const { parentPath, name } of files) {
    const file = join(parentPath, name);
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      from.reduce((all, form, index) => all.replaceAll(form, to[index] ?? ''), text),
    );
  }
}

/** Takes an orchestration out: its definition, stack, example and committed contract. */
async function removeOrchestration({ root }: WorkspaceCopy, name: string): Promise<void> {
  const files = globSync(
    [
      `infra/src/{orchestrations,stacks}/${name}.ts`,
      `infra/{examples,contracts}/${name}.json`,
      `infra/contracts/${name}`,
    ],
    { cwd: root },
  );
  for (const file of files) await rm(join(root, file), { recursive: true });
}

const stages = `import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { StageSettings } from '@harmony/constructs';

const common = { debug: {}, includeExecutionData: false, logRetention: RetentionDays.ONE_MONTH };

export const stages: readonly StageSettings[] = [
  { name: 'trial', ...common },
  { name: 'live', ...common, protect: true },
  { name: 'live-eu', ...common },
];
`;

/** Milliseconds: nothing of it is in the cache, so it takes what a first `npm test` takes. */
const timeout = 60 * 60_000;

it(
  'npm test passes in a workspace with other children, orchestrations and stages than this one',
  { timeout },
  async () => {
    await using workspace = await copyWorkspace(workspaceRoot, { cache: 'source' });
    const { root } = workspace;
    const names = (pattern: string) =>
      globSync(pattern, { cwd: root }).map((file) => basename(file, '.ts'));

    // Adds, as the README does.
    for (const name of ['early-bird', 'short-lived', 'key-rotation']) {
      await generate(workspace, childWorkflowGenerator, { name });
    }
    const weekly = { name: 'weekly', children: ['key-rotation'] };
    await generate(workspace, orchestrationGenerator, weekly);
    const again = { orchestration: 'weekly', child: 'key-rotation', id: 'keys-again' };
    await generate(workspace, targetGenerator, again);

    // Renames.
    await renameChild(workspace);
    await workspace.link();

    // Removes: a child that was just made, all orchestrations that were here, and one child of theirs.
    await generate(workspace, removeChildGenerator, { name: 'short-lived' });
    const before = names('infra/src/orchestrations/*.ts').filter((name) => name !== weekly.name);
    for (const name of before) await removeOrchestration(workspace, name);
    const [shipped] = globSync('apps/*/workflow.asl.*', { cwd: root })
      .map((file) => basename(dirname(file)))
      .filter((name) => !['night-owl', 'key-rotation'].includes(name));
    if (shipped !== undefined) await generate(workspace, removeChildGenerator, { name: shipped });

    // Other stages.
    await writeFile(join(root, 'infra/src/stages.ts'), stages);
    await workspace.commit('Grown');

    const { status, stdout, stderr } = await workspace.exec('npm', ['test'], { CI: 'true' });
    expect(status === 0 ? '' : `${stdout.slice(-20_000)}\n${stderr.slice(-5_000)}`).toBe('');
    expect(stdout).toMatch(/^\d+ passed, 0 failed$/m);
    expect(existsSync(join(root, 'infra/cdk.out/assembly-live-eu'))).toBe(true);
  },
);
