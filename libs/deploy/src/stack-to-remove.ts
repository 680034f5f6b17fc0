import type { LongestWait } from './removal.ts';
import { asked } from './stage-account.ts';

/** A state machine of the stack, and what of it runs. */
export interface RunningMachine {
  readonly stateMachineArn: string;
  /** ARNs of its executions in flight: it is deleted only when they have ended. */
  readonly executions: readonly string[];
  readonly wait?: LongestWait;
}

/** A stack as it is deployed, for whoever is about to delete it. */
export interface StackToRemove {
  readonly stackName: string;
  readonly isProtected: boolean;
  /** The template's text. */
  readonly template: string;
  readonly machines: readonly RunningMachine[];
}

/**
 * What is deployed under a stack's name in CloudFormation; undefined where nothing is.
 * Needs cloudformation:DescribeStacks, GetTemplate and ListStackResources, states:ListExecutions and
 * DescribeStateMachine.
 *
 * @throws DeployError `AWS_UNREACHABLE`
 */
export function stackToRemove(
  stackName: string,
  region: string | undefined,
): Promise<StackToRemove | undefined> {
  return asked(async () =>
    (await import('./aws/stack-to-remove.ts')).readStackToRemove(stackName, region),
  );
}

/** Stops executions; needs states:StopExecution. @throws DeployError `AWS_UNREACHABLE` */
export function stopExecutions(
  executions: readonly string[],
  region: string | undefined,
): Promise<void> {
  return asked(async () => (await import('./aws/stack-to-remove.ts')).stopAll(executions, region));
}
