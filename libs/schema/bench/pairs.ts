/**
 * `node bench/pairs.ts [--pairs=25000] [--seed=1]`: how long each of many random pairs takes to
 * compare (processor time, so that a busy machine does not count), and how the verdicts fall. No pair
 * may take a second.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { diffSchemas } from '../src/compatibility/index.ts';
import { pair } from '../src/testing/schemas.ts';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '25000' },
    seed: { type: 'string', default: '1' },
  },
});
const [pairs, seed] = [Number(values.pairs), Number(values.seed)];
const LIMIT = 1000;
/** Pairs that are made at once: collecting what all of them take would be counted as some pair's time. */
const BATCH = 250;
const verdicts = new Map<string, number>();
const times: number[] = [];
let bounded = 0;
const start = performance.now();
for (const [old, next] of samples()) {
  const before = process.cpuUsage();
  const { verdict, changes } = diffSchemas(old, next, 'input');
  const { user, system } = process.cpuUsage(before);
  const time = (user + system) / 1000;
  times.push(time);
  verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  if (changes.some(({ rule }) => rule === 'bounds')) bounded++;
  if (time >= LIMIT)
    console.log(`${time.toFixed(0)} ms: ${JSON.stringify([old, next]).slice(0, 2_000)}`);
}

function* samples() {
  for (let made = 0; made < pairs; made += BATCH) {
    const numRuns = Math.min(BATCH, pairs - made);
    yield* fc.sample(pair, { numRuns, seed: seed * 1_000_003 + made });
  }
}

times.sort((a, b) => a - b);
const at = (share: number) => (times[Math.ceil(times.length * share) - 1] ?? 0).toFixed(1);
console.log(
  `${pairs} pairs of seed ${seed} in ${((performance.now() - start) / 1000).toFixed(0)} s: ` +
    `median ${at(0.5)} ms, 99% ${at(0.99)} ms, 99.9% ${at(0.999)} ms, longest ${at(1)} ms; ` +
    `${times.filter((time) => time >= LIMIT).length} took ${LIMIT} ms or more`,
);
console.log(
  `${[...verdicts].map(([verdict, count]) => `${verdict} ${count}`).join(', ')}; ` +
    `${bounded} not compared to the end`,
);
