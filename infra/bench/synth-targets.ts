/**
 * `node infra/bench/synth-targets.ts --targets=N --children=M`: prints the milliseconds that
 * synthesising one orchestrator takes (median of three), without loading aws-cdk-lib. For the
 * bench of libs/orchestration, which may not import CDK.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Orchestrator, synthesise, testStage } from '@harmony/constructs';
import { defineContract } from '@harmony/contract';
import { defineOrchestration, target } from '@harmony/orchestration';
import * as z from 'zod';

const { values } = parseArgs({
  options: {
    targets: { type: 'string', default: '100' },
    children: { type: 'string', default: '10' },
  },
});

const payload = z.object({ account: z.string().max(20) });
const children = Array.from({ length: Number(values.children) }, (_, index) =>
  defineContract({
    name: `child-${index}`,
    payload,
    configuration: z.strictObject({ limit: z.number(), region: z.string() }),
    output: z.object({ done: z.boolean() }),
    examples: [{ payload: { account: '1' }, configuration: { limit: 1, region: 'us-east-1' } }],
  }),
);
const orchestration = defineOrchestration({
  name: 'bench',
  payload,
  targets: Array.from({ length: Number(values.targets) }, (_, index) =>
    target(children[index % children.length] as (typeof children)[number], {
      id: `t${index}`,
      configuration: { limit: index, region: 'us-east-1' },
    }),
  ),
});

const folder = mkdtempSync(join(tmpdir(), 'harmony-bench-'));
try {
  const times = Array.from({ length: 4 }, (_, index) => {
    const start = performance.now();
    synthesise({
      outdir: join(folder, `${index}`),
      stages: [testStage],
      stacks: {
        bench: (stack, stage) =>
          void new Orchestrator(stack, 'Orchestrator', { stage, orchestration }),
      },
    });
    return performance.now() - start;
    // The first one loads what CDK loads late.
  }).slice(1);
  console.log(times.sort((a, b) => a - b)[1]?.toFixed(1));
} finally {
  rmSync(folder, { recursive: true });
}
