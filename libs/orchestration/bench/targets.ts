import type { Assembly, StateMachine } from '@harmony/assembly';
import { type Contract, defineContract } from '@harmony/contract';
import * as z from 'zod';
import { defineOrchestration } from '../src/define-orchestration.ts';
import type { Orchestration } from '../src/orchestration.ts';
import { renderOrchestrator } from '../src/render/render-orchestrator.ts';
import { target } from '../src/target.ts';

export const benchPayload = z.object({ account: z.string().max(20) });

const arn = (kind: string, name: string) => `arn:aws:states:us-east-1:123456789012:${kind}:${name}`;
const machineArn = (child: string) => arn('stateMachine', `dev-${child}`);

/** Small contracts, as alike as those of one team. */
export function makeChildren(count: number) {
  return Array.from({ length: count }, (_, index) =>
    defineContract({
      name: `child-${index}`,
      payload: benchPayload,
      configuration: z.strictObject({
        limit: z.number().min(0),
        region: z.enum(['eu-central-1', 'us-east-1']),
        note: z.string().optional(),
      }),
      output: z.object({ done: z.boolean() }),
      examples: [{ payload: { account: '1' }, configuration: { limit: 1, region: 'us-east-1' } }],
    }),
  );
}

/** @param note text in each configuration, to make it larger */
export function makeOrchestration(
  targets: number,
  children: ReturnType<typeof makeChildren>,
  note?: string,
): Orchestration {
  return defineOrchestration({
    name: 'bench',
    payload: benchPayload,
    targets: Array.from({ length: targets }, (_, index) =>
      target(children[index % children.length] as (typeof children)[number], {
        id: `t${index}`,
        configuration: {
          limit: index,
          region: 'us-east-1',
          ...(note === undefined ? {} : { note }),
        },
      }),
    ),
  });
}

export const render = (orchestration: Orchestration) =>
  renderOrchestrator(orchestration, { debug: {}, stateMachineArn: machineArn });

/** The model that `readAssembly` would give of the orchestrator and its children. */
export function makeAssembly(
  orchestration: Orchestration,
  children: readonly Contract[],
): Assembly {
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
    definition: JSON.parse(JSON.stringify(render(orchestration))) as Record<string, unknown>,
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
