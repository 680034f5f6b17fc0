/**
 * `nx bench orchestration [--runs=N] [--seed=N] [--random]`: what lists of 10, 100 and 1,000 targets
 * cost to define and render, and to synthesise; a run of 1,000 targets; and the random runs
 * of src/random-runs.test.ts, 10,000 of them. `--random`: these alone.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { budgetOf } from '../src/budget/index.ts';
import { defineOrchestration } from '../src/define-orchestration.ts';
import { target } from '../src/target.ts';
import { checkScenario } from '../src/testing/check-run.ts';
import { isTie } from '../src/testing/expectation.ts';
import { probe, probePayload, runOrchestration } from '../src/testing/run.ts';
import { scenarios } from '../src/testing/scenario.ts';
import { makeChildren, makeOrchestration, render } from './targets.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    random: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) {
  console.error(`--runs ${values.runs}: a whole number from 1 is expected.`);
  process.exit(2);
}
const seed = Number(values.seed);
if (!Number.isInteger(seed)) {
  console.error(`--seed ${values.seed}: a whole number is expected.`);
  process.exit(2);
}

const COUNTS = [10, 100, 1_000] as const;
/** Cost per target at 1,000 against 100. */
const GOAL = 1.5;
const REPEATS = 5;

let missed = 0;
function goal(name: string, reached: boolean, seen: string): void {
  if (!reached) missed++;
  console.log(`  ${reached ? 'reached' : 'MISSED '}  ${name}: ${seen}`);
}

/** Milliseconds of one `work` on `size` targets. Each sample handles as many targets, so that
 * collecting garbage weighs on all sizes alike. */
function median(size: number, work: () => void): number {
  const times = Math.ceil(Math.max(...COUNTS) / size);
  const samples = Array.from({ length: REPEATS + 1 }, () => {
    const start = performance.now();
    for (let time = 0; time < times; time++) work();
    return (performance.now() - start) / times;
    // The first fills the caches.
  }).slice(1);
  return samples.sort((a, b) => a - b)[Math.floor(REPEATS / 2)] ?? Number.NaN;
}

/** In a process of its own, without the time that loading aws-cdk-lib takes. */
function synthTime(targets: number, children: number): number {
  const script = join(import.meta.dirname, '..', '..', '..', 'infra', 'bench', 'synth-targets.ts');
  const args = [script, `--targets=${targets}`, `--children=${children}`];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

if (!values.random) await benchLists();
await randomRuns();
process.exitCode = missed > 0 ? 1 : 0;

async function benchLists(): Promise<void> {
  console.log('milliseconds (median), and microseconds a target');
  for (const childCount of [10, 100]) {
    const children = makeChildren(childCount);
    const perTarget: Record<string, number[]> = {};
    for (const count of COUNTS) {
      const times = {
        'define and render': median(count, () => render(makeOrchestration(count, children))),
        synth: synthTime(count, childCount),
      };
      for (const [name, ms] of Object.entries(times)) {
        (perTarget[name] ??= []).push(ms / count);
        const each = ((ms / count) * 1000).toFixed(0);
        console.log(
          `  ${count} targets, ${childCount} children  ${name.padEnd(18)} ${ms.toFixed(1).padStart(8)} ${each.padStart(8)}`,
        );
      }
    }
    for (const [name, [, at100 = 0, at1000 = 0]] of Object.entries(perTarget)) {
      const ratio = at1000 / at100;
      goal(`${name}, a target at 1,000 against 100, below ${GOAL}`, ratio < GOAL, ratio.toFixed(2));
    }
  }

  console.log('a local run of 1,000 targets');
  const thousand = Array.from({ length: 1_000 }, (_, index) => ({
    id: `t${index}`,
    configuration: { seconds: index % 20 },
  }));
  const local = defineOrchestration({
    name: 'review',
    payload: probePayload,
    targets: thousand.map((item) => target(probe, item)),
  });
  const start = performance.now();
  const { result, events } = await runOrchestration(local);
  goal(
    'it succeeds',
    result.status === 'SUCCEEDED',
    `${result.status}, ${(performance.now() - start).toFixed(0)} ms, ${events.length} events`,
  );

  console.log('state transitions of one more executed target');
  const transitions = async (count: number, delay?: number) => {
    const targets = thousand
      .slice(0, count)
      .map((item) => target(probe, { ...item, ...(delay === undefined ? {} : { delay }) }));
    const orchestration = defineOrchestration({ name: 'review', payload: probePayload, targets });
    const ran = await runOrchestration(orchestration);
    return ran.events.filter(({ type }) => type.endsWith('StateEntered')).length;
  };
  for (const [name, delay, expected] of [
    ['without a delay', undefined, 2],
    ['with a delay', 5, 3],
  ] as const) {
    const more = (await transitions(6, delay)) - (await transitions(5, delay));
    goal(`${name}, ${expected}`, more === expected, String(more));
  }

  console.log('1,000 targets with large configurations');
  const large = makeOrchestration(1_000, makeChildren(10), 'x'.repeat(500));
  const { findings } = budgetOf({ definition: render(large), payload: large.document.payload });
  const error = findings.find(({ severity }) => severity === 'ERROR');
  goal('the budget refuses them', error !== undefined, error?.message ?? 'it does not');
}

async function randomRuns(): Promise<void> {
  console.log(`${runs} random runs, seed ${seed}`);
  const from = performance.now();
  let done = 0;
  await fc.assert(
    fc.asyncProperty(
      scenarios.filter((scenario) => !isTie(scenario)),
      async (scenario) => {
        await checkScenario(scenario, { twice: ++done % 10 === 0 });
        if (done % 1_000 === 0) console.log(`  ${done} done`);
      },
    ),
    { numRuns: runs, seed },
  );
  goal(
    'every rule is kept',
    true,
    `${done} runs in ${((performance.now() - from) / 1000).toFixed(0)} s`,
  );
}
