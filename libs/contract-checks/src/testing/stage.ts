import type { OrchestrationDocument, SentTarget, StateMachineDefinition } from '@harmony/artifact';
import { wavesOf } from '@harmony/artifact/rules';
import type { StateMachine } from '@harmony/assembly';
import { renderPlan } from '@harmony/orchestration';

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

/** The definition of an orchestrator with these targets, whether or not they could be defined. */
export function definitionOf(
  targets: readonly SentTarget[],
  name = 'review',
): StateMachineDefinition {
  const waves = wavesOf(targets);
  const entries = targets.map((each) => {
    const wave = waves.get(each.id) ?? 1;
    return { ...each, stateMachineArn: `${ARN}${each.child}`, ...(wave > 1 ? { wave } : {}) };
  });
  return renderPlan(
    {
      ...{ entries, policies: [[]], conditions: new Map(), moments: [] },
      waves: Math.max(1, ...waves.values()),
    },
    { name, maxConcurrency: 0, onTargetFailure: 'continue', timeout: 3600 },
    { skipDelays: false, only: null, disable: [] },
  );
}

/** An orchestrator of stage `prod` that takes any payload, unless told. */
export function orchestratorOf(
  name: string,
  targets: readonly SentTarget[],
  more: Partial<OrchestrationDocument> = {},
): StateMachine {
  return machineOf(name, {
    orchestration: {
      ...{ name, payload: { type: 'object' }, configuration: {}, output: {}, timeout: 3600 },
      ...{ onTargetFailure: 'continue', maxConcurrency: 0, hash: 'new', ...more },
    },
    definition: { ...definitionOf(targets, name) },
  });
}
