import type { OrchestrationDocument, SentTarget, StateMachine } from '@harmony/assembly';

/** What the ARNs of stage `prod` start with. */
export const ARN = 'arn:aws:states:us-east-1:123456789012:stateMachine:prod-';

/** A state machine of stage `prod`, as the assembly is read. */
export function machineOf(name: string, more: Partial<StateMachine>): StateMachine {
  return {
    ...{ stage: 'prod', stack: `prod-${name}`, logicalId: 'M', name: `prod-${name}` },
    ...{ arn: `${ARN}${name}`, roleArn: 'arn', type: 'STANDARD', definition: {} },
    ...{ policies: [], foreignPolicies: [], ...more },
  };
}

/** The part of an orchestrator's definition that holds its targets. */
export function definitionOf(targets: readonly SentTarget[]) {
  const rendered = targets.map((each) => ({ ...each, stateMachineArn: `${ARN}${each.child}` }));
  return { States: { 'Inject targets': { Result: { targets: rendered } } } };
}

/** An orchestrator of stage `prod` that takes any payload, unless told. */
export function orchestratorOf(
  name: string,
  targets: readonly SentTarget[],
  more: Partial<OrchestrationDocument> = {},
): StateMachine {
  return machineOf(name, {
    orchestration: {
      ...{ name, payload: { type: 'object' }, onTargetFailure: 'continue' },
      ...{ maxConcurrency: 0, hash: 'new', ...more },
    },
    definition: definitionOf(targets),
  });
}
