import type { Stage, StateMachine } from '@harmony/assembly';

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
  return {
    name,
    functions: [],
    stateMachines: [
      ...children.map((child) => machine(child, { StartAt: 'Check input' })),
      ...Object.entries(orchestrators).map(([workflow, targets]) => ({
        ...machine(workflow, {
          States: {
            'Inject targets': {
              Result: { targets: targets.map((child) => ({ stateMachineArn: arn(child) })) },
            },
          },
        }),
        orchestration: {
          name: workflow,
          payload: {},
          onTargetFailure: 'failAtEnd',
          maxConcurrency: 0,
          hash: '0',
        },
      })),
    ],
  };
}
