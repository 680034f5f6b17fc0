import { TaskFailure } from '@harmony/engine';

/** What Step Functions gives when Invoke answers 404. */
export function functionNotFound(nameOrArn: string): TaskFailure {
  return new TaskFailure(
    'Lambda.ResourceNotFoundException',
    `Function not found: ${nameOrArn} (Service: Lambda, Status Code: 404)`,
  );
}
