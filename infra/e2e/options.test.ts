import { contractOf, defineOrchestration, outputOf, target } from '@harmony/orchestration';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { FixtureWorkspace } from './fixtures/assembly.ts';
import { brittle } from './fixtures/brittle.ts';
import { harmony } from './harmony.ts';

const payload = z.object({
  account: z.string(),
  kind: z.string().optional(),
  opens: z.iso.datetime({ offset: true }),
});

const inner = defineOrchestration({
  name: 'inner',
  payload,
  targets: [
    target(brittle, { id: 'x', configuration: {}, delay: 60 }),
    target(brittle, { id: 'y', configuration: { mode: 'fail' }, keepOutput: true }),
  ],
  onTargetFailure: 'continue',
});

const outer = defineOrchestration({
  name: 'outer',
  payload,
  targets: [
    target(contractOf(inner), { id: 'inner', configuration: { debug: { skipDelays: true } } }),
    target(brittle, {
      id: 'told',
      configuration: { value: { counts: outputOf(contractOf(inner), 'inner').counts } },
    }),
    target(brittle, { id: 'farm-only', configuration: {}, when: "kind = 'farm'" }),
    target(brittle, { id: 'after-farm', configuration: {}, dependsOn: ['farm-only'] }),
    target(brittle, { id: 'opened', configuration: {}, delay: { until: 'opens' } }),
    target(brittle, { id: 'once', configuration: {}, retry: { attempts: 1 }, timeout: 300 }),
  ],
});

let workspace: FixtureWorkspace;
beforeAll(() => {
  workspace = new FixtureWorkspace({ inner, outer });
});
afterAll(() => workspace[Symbol.dispose]());

it('every option, and an orchestration as a target, run from the assembly as rendered', async () => {
  const input = { payload: { account: '1', kind: 'shop', opens: '2026-11-22T07:00:00+01:00' } };
  const { stdout, stderr } = await harmony(
    ['run', 'outer', '--input', '-', '--json', '--start-time', '2026-11-22T05:30:00Z'],
    { cwd: workspace.root, stdin: JSON.stringify(input) },
  );
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as { outcomes: unknown; executions: unknown[] };
  expect(report).toMatchObject({
    status: 'SUCCEEDED',
    outcomes: [
      {
        id: 'inner',
        child: 'inner',
        status: 'SUCCEEDED',
        attempts: 1,
        output: {
          outcomes: [
            { id: 'x', status: 'SUCCEEDED' },
            { id: 'y', status: 'FAILED', error: 'Own.Error' },
          ],
        },
      },
      {
        id: 'told',
        status: 'SUCCEEDED',
        output: { value: { counts: { SUCCEEDED: 1, FAILED: 1, SKIPPED: 0 } } },
      },
      { id: 'farm-only', status: 'SKIPPED', reason: 'its condition is not met' },
      { id: 'after-farm', status: 'BLOCKED', dependency: 'farm-only' },
      { id: 'opened', status: 'SUCCEEDED', startDate: '2026-11-22T06:00:00.000Z' },
      { id: 'once', status: 'SUCCEEDED', startDate: '2026-11-22T05:30:00.000Z' },
    ],
    // The later wave waits for the whole one before it, the delayed target too.
    output: { counts: { SUCCEEDED: 4, SKIPPED: 1, BLOCKED: 1 } },
  });
  expect(report.executions).toHaveLength(1 + 4 + 2);
});
