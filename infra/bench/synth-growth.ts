/**
 * `node infra/bench/synth-growth.ts --children=N --output DIR`: synthesises a stage of N children and
 * one orchestrator that starts them all, with all checks on. Each child is credential-audit's folder
 * under another name.
 */
import '../src/compile-cache.ts';
import '../src/cloudformation.ts';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  ChildWorkflow,
  Orchestrator,
  type StackBuilder,
  synthesise,
  testStage,
} from '@harmony/constructs';
import { defineContract } from '@harmony/contract';
import { defineOrchestration, target } from '@harmony/orchestration';
import { Duration } from 'aws-cdk-lib/core';
import * as z from 'zod';
import { addChecks } from '../src/checks.ts';

const { values } = parseArgs({
  options: { children: { type: 'string' }, output: { type: 'string' } },
});
const root = join(import.meta.dirname, '..', '..', 'apps', 'credential-audit');
const payload = z.object({ account: z.string().max(20) });
const contracts = Array.from({ length: Number(values.children) }, (_, index) =>
  defineContract({
    name: `child-${index}`,
    payload,
    configuration: z.strictObject({}),
    output: z.object({}),
    examples: [{ payload: { account: '1' }, configuration: {} }],
  }),
);
const orchestration = defineOrchestration({
  name: 'review',
  payload,
  targets: contracts.map((contract, index) =>
    target(contract, { id: `t${index}`, configuration: {} }),
  ),
});
const children = contracts.map((contract): [string, StackBuilder] => [
  contract.name,
  (stack, stage) =>
    void new ChildWorkflow(stack, 'Workflow', {
      stage,
      contract,
      root,
      timeout: Duration.minutes(1),
    }),
]);

synthesise({
  outdir: values.output ?? 'cdk.out',
  stages: [testStage],
  stacks: {
    ...Object.fromEntries(children),
    review: (stack, stage) =>
      void new Orchestrator(stack, 'Orchestrator', { stage, orchestration }),
  },
  checks: addChecks,
});
