/**
 * `nx fuzz cli [--seed=N] [--minutes=N]`: gives the command files that are not as they should be. Each
 * must be taken or refused in words, never end in a fault of ours and never hang. What fails is made
 * small and saved in `cases/`, which a test runs again.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { type Case, PATIENCE_MS } from './problem.ts';
import type { Message, Work } from './worker.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, minutes: { type: 'string', default: '2' } },
});
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const minutes = Number(values.minutes);
if (!Number.isInteger(seed) || !(minutes > 0)) {
  console.error('--seed takes a whole number, --minutes a number above 0.');
  process.exit(2);
}
const MAX_FAILURES = 20;
const until = Date.now() + minutes * 60_000;
let [count, failures] = [0, 0];
while (Date.now() < until && failures < MAX_FAILURES) await work({ seed, from: count, until });
console.log(`${count} files from seed ${seed}: ${failures} failed.`);
process.exitCode = failures > 0 ? 1 : 0;

function save(tried: Case, why: string): void {
  failures++;
  const file = join(import.meta.dirname, 'cases', `${seed}-${count}.json`);
  writeFileSync(file, `${JSON.stringify(tried, null, 2)}\n`);
  console.log(`${tried.reader}, saved as ${file}: ${why}`);
}

/** A thread's work, until it is done, hangs, or has found enough. */
async function work(workerData: Work): Promise<void> {
  const worker = new Worker(join(import.meta.dirname, 'worker.ts'), { workerData });
  let last: Case | undefined;
  const hangs = setTimeout(() => {
    if (last !== undefined) save(last, `no end within ${2 * PATIENCE_MS} ms`);
    void worker.terminate();
  }, 2 * PATIENCE_MS);
  worker.on('message', (message: Message) => {
    hangs.refresh();
    count = message.count + 1;
    last = message.tried;
    if (message.kind === 'failed') save(message.tried, message.why);
    if (failures >= MAX_FAILURES) void worker.terminate();
  });
  try {
    await new Promise((resolve, reject) => worker.once('exit', resolve).once('error', reject));
  } finally {
    clearTimeout(hangs);
  }
}
