import type { StackToRemove } from './deployed-stack.ts';
import { asked } from './stage-account.ts';

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
