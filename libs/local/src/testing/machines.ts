import type { Stage, StateMachine } from '@harmony/assembly';

/** A state machine of stage dev as the reader would give it, with what a test sets. */
export function testMachine(
  settings: Partial<StateMachine> & { readonly name: string },
): StateMachine {
  const { name } = settings;
  return {
    stage: 'dev',
    stack: `dev-${name}`,
    logicalId: 'StateMachine',
    arn: `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`,
    roleArn: `arn:aws:iam::123456789012:role/${name}`,
    type: 'STANDARD',
    definition: { StartAt: 'Done', States: { Done: { Type: 'Succeed' } } },
    policies: [],
    foreignPolicies: [],
    ...settings,
  };
}

export function testStage(
  stateMachines: readonly StateMachine[],
  functions: Stage['functions'] = [],
): Stage {
  return { name: 'dev', stateMachines, functions };
}
