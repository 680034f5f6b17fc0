/**
 * `nx fuzz schema [--seed=N] [--minutes=N]`: tries random cases, the same for the same seed, until the
 * time is over; each failure is made small and saved in `cases/`, which a test runs again.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { type FuzzTarget, TARGETS } from './targets.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, minutes: { type: 'string', default: '5' } },
});
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const minutes = Number(values.minutes);
if (!Number.isInteger(seed) || !(minutes > 0)) {
  console.error('--seed takes a whole number, --minutes a number above 0.');
  process.exit(2);
}
/** Cases of one round; each has a seed of its own. */
const ROUND = 200;
const cases = join(import.meta.dirname, 'cases');
const end = Date.now() + minutes * 60_000;
let failures = 0;
for (const target of TARGETS) failures += run(target, (end - Date.now()) / TARGETS.length);
process.exitCode = failures > 0 ? 1 : 0;

function run<T>({ name, cases: arbitrary, check }: FuzzTarget<T>, time: number): number {
  const until = Date.now() + time;
  let [tried, failed] = [0, 0];
  for (let round = seed; Date.now() < until; round++) {
    const result = fc.check(
      fc.property(arbitrary, (value) => check(value) === undefined),
      { seed: round, numRuns: ROUND, interruptAfterTimeLimit: until - Date.now() },
    );
    tried += result.numRuns;
    const [value] = result.counterexample ?? [];
    if (value === undefined) continue;
    failed++;
    mkdirSync(cases, { recursive: true });
    const why = check(value) ?? String(result.errorInstance);
    const file = join(cases, `${name}-${round}.json`);
    writeFileSync(file, `${JSON.stringify({ target: name, why, value }, null, 2)}\n`);
    console.log(`${name}, seed ${round}: ${why}\n  saved as ${file}`);
  }
  console.log(`${name}: ${tried} cases from seed ${seed}, ${failed} failures`);
  return failed;
}
