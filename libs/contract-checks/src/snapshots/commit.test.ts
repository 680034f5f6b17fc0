import { describe, expect, test } from 'vitest';
import { GitWorkspace } from '../testing/git-workspace.ts';
import { readCommit } from './commit.ts';
import { readWorkingTree } from './working-tree.ts';

const snapshotText = (name: string, hash = 'one') =>
  JSON.stringify({ name, hash, payload: {}, configuration: {}, output: {} });
const AUDIT = 'libs/contracts/audit';
const REVIEW = 'infra/src/orchestrations/review.ts';

describe.each([
  ['at the root of its repository', ''],
  ['in a subfolder of its repository', 'services/ops'],
])('a workspace %s', (_, subfolder) => {
  test('has the snapshots of a commit and of the working tree, of children and orchestrations', async () => {
    await using workspace = await GitWorkspace.make(subfolder);
    await workspace.write(`${AUDIT}/contract.json`, snapshotText('audit'));
    const targets = [{ id: 'a', child: 'audit', configuration: { days: 1 } }];
    const review = { ...(JSON.parse(snapshotText('review')) as object), targets };
    await workspace.write('infra/contracts/review.json', JSON.stringify(review));
    workspace.commit();
    await workspace.write(`${AUDIT}/contract.json`, snapshotText('audit', 'two'));
    const hashes = async (
      state: Promise<{ contracts: readonly { document: { hash: string } }[] }>,
    ) => (await state).contracts.map(({ document }) => document.hash);
    const base = await readCommit(workspace.root, 'HEAD');
    expect(base.contracts).toMatchObject([
      { kind: 'child', name: 'audit', targets: [], document: { hash: 'one' } },
      { kind: 'orchestration', name: 'review', targets },
    ]);
    expect(await hashes(readWorkingTree(workspace.root))).toEqual(['two', 'one']);
  });
});

test('what has no snapshot is told, in a commit as in the working tree', async () => {
  await using workspace = await GitWorkspace.make();
  await workspace.write(`${AUDIT}/src/index.ts`, 'export {};');
  await workspace.write(REVIEW, 'export const review = defineOrchestration({});');
  await workspace.write('infra/src/orchestrations/shared.ts', 'export const days = 3;');
  await workspace.write('infra/src/orchestrations/review.test.ts', 'defineOrchestration({});');
  workspace.commit();
  const expected = [{ name: 'audit' }, { name: 'review', source: REVIEW }];
  expect((await readCommit(workspace.root, 'HEAD')).missing).toMatchObject(expected);
  expect((await readWorkingTree(workspace.root)).missing).toMatchObject(expected);
});

test('sources count as unchanged while only snapshots are added', async () => {
  await using workspace = await GitWorkspace.make();
  await workspace.write(`${AUDIT}/src/index.ts`, 'export {};');
  workspace.commit();
  const unchanged = async () => (await readCommit(workspace.root, 'HEAD')).sourcesUnchanged;
  await workspace.write(`${AUDIT}/contract.json`, snapshotText('audit'));
  expect(await unchanged()).toBe(true);
  await workspace.write(`${AUDIT}/src/shared.ts`, 'export {};');
  expect(await unchanged()).toBe(false);
  await workspace.remove(`${AUDIT}/src/shared.ts`);
  await workspace.write(`${AUDIT}/src/index.ts`, 'export { };');
  expect(await unchanged()).toBe(false);
});

describe('what cannot be read is told by name', () => {
  test('a base that git does not know', async () => {
    await using workspace = await GitWorkspace.make();
    workspace.commit();
    await expect(readCommit(workspace.root, 'origin/nowhere')).rejects.toThrow(
      /The base "origin\/nowhere" cannot be read by git/,
    );
    await expect(readCommit(workspace.root, '--all')).rejects.toMatchObject({
      code: 'BASE_UNREADABLE',
    });
  });

  test.each([
    ['an object without schemas', '{}'],
    ['no JSON', '{'],
    ['targets that are no list', `${snapshotText('review').slice(0, -1)},"targets":{}}`],
    ['a target without a child', `${snapshotText('review').slice(0, -1)},"targets":[{"id":"a"}]}`],
  ])('a snapshot that holds %s', async (_, text) => {
    await using workspace = await GitWorkspace.make();
    await workspace.write('infra/contracts/review.json', text);
    workspace.commit();
    await expect(readWorkingTree(workspace.root)).rejects.toThrow(
      "infra/contracts/review.json isn't a contract snapshot",
    );
    await expect(readCommit(workspace.root, 'HEAD')).rejects.toThrow(
      "infra/contracts/review.json of HEAD isn't a contract snapshot",
    );
  });

  test('two snapshots of one contract', async () => {
    await using workspace = await GitWorkspace.make();
    await workspace.write(`${AUDIT}/contract.json`, snapshotText('audit'));
    await workspace.write('libs/contracts/audit-v2/contract.json', snapshotText('audit'));
    await expect(readWorkingTree(workspace.root)).rejects.toThrow('both of a contract "audit"');
  });
});
