/**
 * `nx bench contract [--runs=N]`: validating 1,000 targets, diffing 100 contracts and the static
 * check of 100 children, each as a whole process against loading the workspace's project graph in
 * the same run. The processes take turns, so that a busy moment of the machine hits each alike.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const folder = import.meta.dirname;
const GRAPH = 'project graph';
const PROCESSES: Readonly<Record<string, string>> = {
  [GRAPH]: join(folder, 'graph.mjs'),
  'validate 1,000 targets': join(folder, 'validate.ts'),
  'diff 100 contracts': join(folder, 'diff.ts'),
  'lint 100 children': join(folder, '../../contract-checks/bench/lint.ts'),
};

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } });
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) {
  console.error(`--runs ${values.runs}: a whole number from 1 is expected.`);
  process.exit(2);
}

const samples = new Map(Object.keys(PROCESSES).map((name) => [name, [] as number[]]));
// The first turn fills the caches and is not counted.
for (let turn = 0; turn <= runs; turn++) {
  for (const [name, file] of Object.entries(PROCESSES)) {
    const duration = time(name, file);
    if (turn > 0) samples.get(name)?.push(duration);
  }
}
const graph = median(samples.get(GRAPH) ?? []);
for (const [name, durations] of samples) {
  const own = median(durations);
  const [min, max] = [Math.min(...durations), Math.max(...durations)];
  const times = `${own.toFixed(0)} ms (${min.toFixed(0)} to ${max.toFixed(0)})`;
  const goal = name === GRAPH ? '' : `  ${(own / graph).toFixed(2)} of the graph, goal below 1`;
  console.log(`${name.padEnd(24)}${times}${goal}`);
}

function time(name: string, file: string): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [file], {
    cwd: join(folder, '../../..'),
    encoding: 'utf8',
    // Without the daemon: what it keeps in memory between commands is not loading.
    env: { ...process.env, NX_DAEMON: 'false' },
  });
  const duration = performance.now() - start;
  // The time of a process that failed means nothing.
  if (status !== 0) throw new Error(`${name} ended with status ${status}:\n${stderr}`);
  return duration;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
