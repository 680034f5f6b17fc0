/**
 * `nx bench contract-checks`: the contract test on orchestrations of 100 and 1,000 targets over 10 and
 * 100 children; what a target costs must not grow with their number.
 */
import type { Assembly, StateMachine } from '@harmony/assembly';
import { checkContracts } from '@harmony/contract-checks/contract-test';
import { type Contract, defineContract } from '@harmony/contract';
import {
  defineOrchestration,
  type Orchestration,
  renderOrchestrator,
  target,
} from '@harmony/orchestration';
import * as z from 'zod';
import { measureReplay } from './replay.ts';

/** Milliseconds a target at 1,000 against 100. */
const GOAL = 1.5;
const REPEATS = 5;

const payload = z.object({ account: z.string() });
const arn = (kind: string, name: string) => `arn:aws:states:us-east-1:123456789012:${kind}:${name}`;
const machineArn = (child: string) => arn('stateMachine', `dev-${child}`);

for (const childCount of [10, 100]) {
  const children = Array.from({ length: childCount }, (_, index) =>
    defineContract({
      name: `child-${index}`,
      payload,
      configuration: z.strictObject({ limit: z.number().min(0), note: z.string().optional() }),
      output: z.object({}),
      examples: [{ payload: { account: '1' }, configuration: { limit: 1 } }],
    }),
  );
  const [at100 = 0, at1000 = 0] = [100, 1_000].map((count) => {
    const targets = Array.from({ length: count }, (_, index) =>
      target(children[index % childCount] as (typeof children)[number], {
        id: `t${index}`,
        configuration: { limit: index },
      }),
    );
    const assembly = makeAssembly(
      defineOrchestration({ name: 'bench', payload, targets }),
      children,
    );
    const [problem] = checkContracts(assembly);
    if (problem !== undefined) throw new Error(JSON.stringify(problem));
    const ms = median(1_000 / count, () => checkContracts(assembly));
    console.log(`  ${count} targets, ${childCount} children: ${ms.toFixed(1)} ms`);
    return ms / count;
  });
  const ratio = at1000 / at100;
  const isReached = ratio < GOAL;
  if (!isReached) process.exitCode = 1;
  console.log(
    `  ${isReached ? 'reached' : 'MISSED '}  a target at 1,000 against 100, below ${GOAL}: ${ratio.toFixed(2)}`,
  );
}

/** Milliseconds of one `work`; each sample repeats it, so that collecting garbage weighs alike. */
function median(times: number, work: () => void): number {
  const samples = Array.from({ length: REPEATS + 1 }, () => {
    const start = performance.now();
    for (let time = 0; time < times; time++) work();
    return (performance.now() - start) / times;
    // The first fills the caches.
  }).slice(1);
  return samples.sort((a, b) => a - b)[Math.floor(REPEATS / 2)] ?? Number.NaN;
}

/** The model that `readAssembly` would give of the orchestrator and its children. */
function makeAssembly(orchestration: Orchestration, children: readonly Contract[]): Assembly {
  const machine = (name: string, more: Partial<StateMachine>): StateMachine => ({
    stage: 'dev',
    stack: `dev-${name}`,
    logicalId: 'StateMachine',
    name: `dev-${name}`,
    arn: machineArn(name),
    roleArn: `arn:aws:iam::123456789012:role/${name}`,
    type: 'STANDARD',
    definition: { TimeoutSeconds: 600 },
    policies: [],
    foreignPolicies: [],
    ...more,
  });
  const names = [...new Set(orchestration.targets.map(({ child }) => child))];
  const allow = (actions: string[], resources: string[]) => ({
    effect: 'Allow' as const,
    actions,
    resources,
    notActions: [],
    notResources: [],
    conditional: false,
  });
  const rule =
    'arn:aws:events:us-east-1:123456789012:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule';
  const orchestrator = machine(orchestration.name, {
    definition: JSON.parse(
      JSON.stringify(renderOrchestrator(orchestration, { debug: {}, stateMachineArn: machineArn })),
    ) as Record<string, unknown>,
    orchestration: orchestration.document,
    policies: [
      allow(['states:StartExecution'], names.map(machineArn)),
      allow(
        ['states:DescribeExecution', 'states:StopExecution'],
        names.map((name) => arn('execution', `dev-${name}:*`)),
      ),
      allow(['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], [rule]),
    ],
  });
  const stateMachines = [
    orchestrator,
    ...children.map(({ name, document }) => machine(name, { contract: document })),
  ];
  return { dir: '', stages: [{ name: 'dev', stateMachines, functions: [] }] };
}

await measureReplay();
