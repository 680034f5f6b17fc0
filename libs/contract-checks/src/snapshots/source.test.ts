import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GitWorkspace } from '../testing/git-workspace.ts';
import { childPlace, orchestrationPlace } from './places.ts';
import { staleSnapshots, writeSnapshot } from './source.ts';

const AUDIT = childPlace('audit');
/** A contract library whose module is plain: what is executed is the workspace's own source. */
const source = (hash: string) =>
  `export const audit = { document: { name: 'audit', hash: '${hash}', payload: {}, configuration: {}, output: {} } };\n`;

const REVIEW = orchestrationPlace('review');
/** An orchestration's module, defined with the real packages. */
const orchestration = (days: number) => `
import { defineContract } from '${import.meta.resolve('@harmony/contract')}';
import { defineOrchestration, outputOf, target } from '${import.meta.resolve('@harmony/orchestration')}';
import { z } from '${import.meta.resolve('zod')}';
const audit = defineContract({
  name: 'audit',
  payload: z.object({ account: z.string() }),
  configuration: z.strictObject({ days: z.int(), after: z.string().optional() }),
  output: z.object({ key: z.string() }),
  examples: [{ payload: { account: '1' }, configuration: { days: 1 } }],
});
export const review = defineOrchestration({
  name: 'review',
  payload: audit.payload,
  targets: [
    target(audit, { id: 'first', configuration: { days: ${days} } }),
    target(audit, { id: 'second', delay: 60, configuration: { days: 1, after: outputOf(audit, 'first').key } }),
  ],
});
`;

/** As a team writes one, by this workspace's own package. */
const DEFINES = `import { defineContract } from '${import.meta.resolve('@harmony/contract')}';
export const audit = defineContract({ name: 'Audit!' });`;

test('a snapshot is written once, and its drift is told', async () => {
  await using workspace = await GitWorkspace.make();
  const { root } = workspace;
  await workspace.write(AUDIT.source, source('one'));
  expect(await writeSnapshot(root, AUDIT, true)).toMatchObject({ status: 'differs' });
  expect(await writeSnapshot(root, AUDIT, false)).toMatchObject({ status: 'written' });
  expect(await writeSnapshot(root, AUDIT, false)).toMatchObject({ status: 'unchanged' });
  expect(JSON.parse(await readFile(join(root, AUDIT.snapshot), 'utf8'))).toMatchObject({
    name: 'audit',
    hash: 'one',
  });
  expect(await staleSnapshots(root, [AUDIT])).toEqual([]);
  await workspace.write(AUDIT.snapshot, '{}');
  expect(await staleSnapshots(root, [AUDIT])).toEqual([AUDIT]);
});

test('a contract that was taken over as its snapshot alone cannot be stale', async () => {
  await using workspace = await GitWorkspace.make();
  await workspace.write(AUDIT.snapshot, '{}');
  expect(await staleSnapshots(workspace.root, [AUDIT])).toEqual([]);
});

test("an orchestration's snapshot holds its payload and what it sends to whom", async () => {
  await using workspace = await GitWorkspace.make();
  const { root } = workspace;
  await workspace.write(REVIEW.source, orchestration(30));
  expect(await writeSnapshot(root, REVIEW, false)).toMatchObject({ status: 'written' });
  expect(JSON.parse(await readFile(join(root, REVIEW.snapshot), 'utf8'))).toMatchObject({
    name: 'review',
    payload: { required: ['account'] },
    targets: [
      { id: 'first', child: 'audit', configuration: { days: 30 }, provides: ['/key'] },
      {
        ...{ id: 'second', configuration: { days: 1, after: null }, dependsOn: ['first'] },
        references: [{ at: '/after', target: 'first', from: '/key' }],
      },
    ],
  });
});

test('how an orchestration runs its targets may change without a new snapshot', async () => {
  await using workspace = await GitWorkspace.make();
  const { root } = workspace;
  await workspace.write(REVIEW.source, orchestration(30));
  await writeSnapshot(root, REVIEW, false);
  const later = orchestrationPlace('later');
  await workspace.write(later.source, orchestration(30).replace('delay: 60', 'delay: 90'));
  await writeSnapshot(root, later, false);
  const [one, other] = await Promise.all(
    [REVIEW, later].map(({ snapshot }) => readFile(join(root, snapshot), 'utf8')),
  );
  expect(other).toBe(one);
});

test.each([
  ['is not there', undefined, /doesn't exist/],
  ['exports nothing', 'export {};', /exports no contract; a contract library exports exactly one/],
  ['exports two', `${source('a')}${source('b').replace('audit', 'other')}`, /exports 2 contracts/],
  [
    'throws',
    "throw new Error('the period ends before it starts');",
    /cannot be loaded: Error: the period ends/,
  ],
  ['cannot define its contract', DEFINES, /index\.ts: The contract "Audit!" cannot be defined/],
  ['does not parse', 'export const = 3;', /audit\/src\/index\.ts: it cannot be loaded: /],
])('a source that %s is told by name', async (_, text, message) => {
  await using workspace = await GitWorkspace.make();
  if (text !== undefined) await workspace.write(AUDIT.source, text);
  const written = writeSnapshot(workspace.root, AUDIT, false);
  await expect(written).rejects.toThrow(message);
  await expect(written).rejects.toMatchObject({ name: 'ContractChecksError' });
});
