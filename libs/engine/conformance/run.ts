/**
 * nx run engine:conformance: runs the recorded cases, where they exist, against the adapter beside this
 * file, or the one that is named as its argument, and fails when fewer pass than `minimum.json` says were reached before.
 * CONFORMANCE_DIR names the folder of the set; default `../shared/conformance` from the workspace.
 * Without the set it is skipped, and says so; with CONFORMANCE_REQUIRED that is a failure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const here = import.meta.dirname;
const adapter = resolve(process.argv[2] ?? join(here, 'adapter.ts'));
const workspace = resolve(here, '../../..');
const folder = process.env['CONFORMANCE_DIR'] ?? resolve(workspace, '../shared/conformance');

if (!existsSync(join(folder, 'run-cases.mjs'))) {
  console.log(
    `engine:conformance: SKIPPED, not passed. Nothing was measured: no recorded executions in ${folder}.\n` +
      'CONFORMANCE_DIR names another folder; with CONFORMANCE_REQUIRED set, a missing one is a failure.\n' +
      'What any engine can run without them is libs/engine/suite (nx test engine).',
  );
  if ((process.env['CONFORMANCE_REQUIRED'] ?? '') !== '') process.exitCode = 1;
} else {
  process.exitCode = measure();
}

function measure(): number {
  const { percent } = JSON.parse(readFileSync(join(here, 'minimum.json'), 'utf8')) as {
    percent: number;
  };
  const scratch = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    const results = join(scratch, 'results.json');
    const cases = node(
      join(folder, 'run-cases.mjs'),
      ...['--adapter', adapter, '--failures', '--events', '--conc', '2'],
      ...['--out', results, '--min', String(percent)],
    );
    const histories = node(join(folder, 'history-ids.mjs'), results, join(folder, 'cases.json'));
    return cases || histories;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function node(...args: string[]): number {
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
}
