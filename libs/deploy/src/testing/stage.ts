import type { Stage, StackFiles, StateMachine } from '@harmony/assembly';
import { renderPlan } from '@harmony/orchestration';
import { type Stack, stacksOf } from '../stacks.ts';

/** A stage of an assembly: children, and orchestrators by the children that they start. */
export function stageOf(
  name: string,
  children: readonly string[],
  orchestrators: Readonly<Record<string, readonly string[]>>,
): Stage {
  const arn = (workflow: string): string =>
    `arn:aws:states:us-east-1:123456789012:stateMachine:${name}-${workflow}`;
  const machine = (workflow: string, definition: Record<string, unknown>): StateMachine => ({
    stage: name,
    stack: `${name}-${workflow}`,
    logicalId: 'Workflow',
    name: `${name}-${workflow}`,
    arn: arn(workflow),
    roleArn: 'arn:aws:iam::123456789012:role/any',
    type: 'STANDARD',
    definition,
    policies: [],
    foreignPolicies: [],
  });
  const policies = { maxConcurrency: 0, onTargetFailure: 'failAtEnd', timeout: 3600 } as const;
  const definitionOf = (workflow: string, targets: readonly string[]) => ({
    ...renderPlan(
      {
        entries: targets.map((child) => ({
          ...{ id: child, child, stateMachineArn: arn(child), configuration: {} },
        })),
        ...{ policies: [[]], conditions: new Map(), moments: [], waves: 1 },
      },
      { name: workflow, ...policies },
      { skipDelays: false, only: null, disable: [] },
    ),
  });
  return {
    name,
    functions: [],
    stateMachines: [
      ...children.map((child) => machine(child, { StartAt: 'Check input' })),
      ...Object.entries(orchestrators).map(([workflow, targets]) => ({
        ...machine(workflow, definitionOf(workflow, targets)),
        orchestration: {
          ...{ name: workflow, hash: '0', payload: {}, configuration: {}, output: {} },
          ...policies,
        },
      })),
    ],
  };
}

/** The stacks of that stage, each with a template that holds its version. */
export function stacksWith(
  stage: Stage,
  versions: Readonly<Record<string, number>> = {},
  needs: Readonly<Record<string, readonly string[]>> = {},
): readonly Stack[] {
  const names = [
    ...new Set([...stage.stateMachines.map(({ stack }) => stack), ...Object.keys(needs)]),
  ];
  const files = names.map((name): StackFiles => {
    const version = versions[name.slice(stage.name.length + 1)] ?? 1;
    const workflow = { Type: 'AWS::StepFunctions::StateMachine', Properties: { version } };
    return {
      ...{ stage: stage.name, name, selector: name.replace('-', '/'), needs: needs[name] ?? [] },
      ...{
        terminationProtection: false,
        tags: {},
        environment: 'aws://unknown-account/unknown-region',
        assets: new Map(),
      },
      ...{ template: { Resources: { Workflow: workflow } }, templateBytes: 1 },
    };
  });
  return stacksOf(stage, files);
}
