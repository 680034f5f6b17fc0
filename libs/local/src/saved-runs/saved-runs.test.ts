import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../testing/functions.ts';
import { type SavedRun, SavedRuns } from './saved-runs.ts';

const run = (name: string) =>
  ({
    ...{ format: 1, name, stage: 'dev', status: 'SUCCEEDED', executions: [] },
    ...{ savedAt: '2026-01-31T08:00:00.000Z', startDate: '', stopDate: '' },
  }) as unknown as Omit<SavedRun, 'id'>;

it('a run of a file with a long path is kept under the end of it', async () => {
  await using folder = await testFolder();
  const runs = new SavedRuns(folder.path);
  const id = await runs.save(run(`${'../folder/'.repeat(60)}orders.asl.json`));
  expect(id).toMatch(/^20260131-080000000-[\w.-]*_orders\.asl\.json$/);
  expect(runs.read(id).stage).toBe('dev');
});

it('no name leads out of the folder', async () => {
  await using folder = await testFolder();
  const runs = new SavedRuns(folder.path);
  await writeFile(join(folder.path, 'secret.json'), '{ "format": 1, "executions": [] }');
  await runs.save(run('../../../secret'));
  expect(await readdir(folder.path)).toEqual(['.harmony', 'secret.json']);
  for (const id of ['../../secret', join(folder.path, 'secret'), '../../etc/passwd', '__proto__']) {
    expect(() => runs.read(id)).toThrow(`No run ${JSON.stringify(id)} is kept.`);
  }
});

it('what is no run is refused by name', async () => {
  await using folder = await testFolder();
  const file = join(folder.path, '.harmony/runs/a.json');
  await mkdir(dirname(file), { recursive: true });
  const damaged = [{ executions: [null] }, { executions: [{ history: [{}] }] }, { format: 2 }].map(
    (change) => JSON.stringify({ ...run('a'), ...change }),
  );
  for (const text of ['', '[]', 'null', '{"format":1}', ...damaged]) {
    await writeFile(file, text);
    expect(() => new SavedRuns(folder.path).read()).toThrow(".harmony/runs/a.json can't be read");
  }
});
