import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkScenario } from './testing/check-run.ts';
import { isTie } from './testing/expectation.ts';
import { scenarios } from './testing/scenario.ts';

const RUNS = 200;

/** Every so many runs one is run again: the same run gives the same history. */
const TWICE_EVERY = 10;

test('any orchestration, whatever goes wrong and is switched off, keeps every rule', async () => {
  let runs = 0;
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      scenarios.filter((scenario) => !isTie(scenario)),
      async (scenario) => {
        const { outcomes } = await checkScenario(scenario, { twice: ++runs % TWICE_EVERY === 0 });
        for (const { status } of outcomes) seen.add(status);
      },
    ),
    // The same runs each time; `nx bench orchestration` makes others.
    { numRuns: RUNS, seed: 20_260_131 },
  );
  expect(runs).toBeGreaterThanOrEqual(RUNS);
  // The runs were not all alike.
  expect([...seen].sort()).toEqual([
    'ABORTED',
    'BLOCKED',
    'FAILED',
    'NOT_STARTED',
    'SKIPPED',
    'SUCCEEDED',
    'TIMED_OUT',
  ]);
}, 300_000);
