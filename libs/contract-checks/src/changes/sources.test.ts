import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSnapshots, readSnapshotsAt, writeSnapshot } from './sources.ts';

const FOLDER = 'libs/contracts/audit';
/** A contract library whose module is plain: what is executed is the workspace's own source. */
const source = (hash: string) =>
  `export const audit = { document: { name: 'audit', hash: '${hash}', payload: {}, configuration: {}, output: {} } };\n`;

/** As a team writes one, by this workspace's own package. */
const DEFINES = `import { defineContract } from '${import.meta.resolve('@harmony/contract')}';
export const audit = defineContract({ name: 'Audit!' });`;
let broken = 0;

let root: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd: root,
  });
const write = (path: string, text: string) => writeFile(join(root, path), text);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'harmony-contracts-'));
  await mkdir(join(root, FOLDER, 'src'), { recursive: true });
  await write('package.json', '{ "type": "module" }');
  await write(`${FOLDER}/src/index.ts`, source('one'));
  git('init', '--quiet');
});
afterAll(() => rm(root, { recursive: true, force: true }));

test('a snapshot is written once, and its drift is told', async () => {
  expect(await writeSnapshot(root, FOLDER, true)).toMatchObject({ status: 'differs' });
  expect(await writeSnapshot(root, FOLDER, false)).toMatchObject({ status: 'written' });
  expect(await writeSnapshot(root, FOLDER, false)).toMatchObject({ status: 'unchanged' });
  expect(JSON.parse(await readFile(join(root, FOLDER, 'contract.json'), 'utf8'))).toMatchObject({
    name: 'audit',
    hash: 'one',
  });
});

test('snapshots are read from the working tree and from a commit', async () => {
  git('add', '.');
  git('commit', '--quiet', '-m', 'one');
  await write(
    `${FOLDER}/contract.json`,
    JSON.stringify({ name: 'audit', hash: 'two', payload: {}, configuration: {}, output: {} }),
  );
  expect((await readSnapshots(root)).map(({ document }) => document.hash)).toEqual(['two']);
  expect((await readSnapshotsAt(root, 'HEAD')).map(({ document }) => document.hash)).toEqual([
    'one',
  ]);
});

test.each([
  ['that throws', 'throw new RangeError("no such planet");', 'RangeError: no such planet'],
  ['with a contract that cannot be defined', DEFINES, 'The contract "Audit!" cannot be defined'],
])('a library %s is told by its file, with what was thrown', async (_what, text, reason) => {
  const folder = `libs/contracts/broken-${broken++}`;
  await mkdir(join(root, folder, 'src'), { recursive: true });
  await write(`${folder}/src/index.ts`, text);
  const written = writeSnapshot(root, folder, false);
  await expect(written).rejects.toMatchObject({ code: 'CONTRACT_INVALID' });
  await expect(written).rejects.toThrow(`${folder}/src/index.ts: `);
  await expect(written).rejects.toThrow(reason);
});

test('a library that is not there is told with those that are', async () => {
  await expect(writeSnapshot(root, 'libs/contracts/audits', false)).rejects.toThrow(
    /no contract library libs\/contracts\/audits: .* Known: libs\/contracts\/audit/,
  );
});

test('a base that git does not know, and a file that is no snapshot, are told by name', async () => {
  await expect(readSnapshotsAt(root, 'origin/nowhere')).rejects.toThrow(
    /The base "origin\/nowhere" cannot be read by git/,
  );
  await expect(readSnapshotsAt(root, '--all')).rejects.toMatchObject({ code: 'BASE_UNREADABLE' });
  await write(`${FOLDER}/contract.json`, '{}');
  await expect(readSnapshots(root)).rejects.toThrow('libs/contracts/audit/contract.json');
});
