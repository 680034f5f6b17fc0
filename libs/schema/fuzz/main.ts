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
/** A case that takes longer is a failure, in milliseconds of the processor. */
const MAX_TIME = 3_000;
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
      fc.property(arbitrary, (value) => failure(check, value) === undefined),
      { seed: round, numRuns: ROUND, interruptAfterTimeLimit: until - Date.now() },
    );
    tried += result.numRuns;
    const [value] = result.counterexample ?? [];
    if (value === undefined) continue;
    failed++;
    mkdirSync(cases, { recursive: true });
    const why = failure(check, value) ?? 'not twice: it depends on the time it took';
    const file = join(cases, `${name}-${round}.json`);
    writeFileSync(file, `${JSON.stringify({ target: name, why, value }, null, 2)}\n`);
    console.log(`${name}, seed ${round}: ${why}\n  saved as ${file}`);
  }
  console.log(`${name}: ${tried} cases from seed ${seed}, ${failed} failures`);
  return failed;
}

/** What is wrong with a case: also that it throws, or takes too long. */
function failure<T>(check: FuzzTarget<T>['check'], value: T): string | undefined {
  const before = process.cpuUsage();
  try {
    const why = check(value);
    if (why !== undefined) return why;
  } catch (error) {
    return `throws ${String(error)}`;
  }
  const { user, system } = process.cpuUsage(before);
  const time = (user + system) / 1000;
  return time > MAX_TIME ? `takes ${time.toFixed(0)} ms` : undefined;
}
