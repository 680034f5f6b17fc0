import type { Environment } from '@harmony/assembly';
import { ContractChecksError } from '../errors.ts';
import type { History } from './history.ts';

/**
 * The histories of the last executions of a state machine that have ended, newest first, read one
 * at a time. Credentials come from this process's environment; `AWS_ENDPOINT_URL` leads elsewhere.
 * Needs states:ListExecutions and states:GetExecutionHistory.
 * @param count how many at most; 90 days after its end an execution is gone
 * @throws {ContractChecksError} `AWS_UNREACHABLE`
 */
export async function* lastHistories(
  stateMachineArn: string,
  count: number,
  environment: Environment = {},
): AsyncGenerator<History> {
  try {
    const { readLast } = await import('./read-from-aws.ts');
    yield* readLast(stateMachineArn, count, environment);
  } catch (error) {
    throw unreachable(error);
  }
}

/**
 * The history of one execution, and those of the executions that it started and waited for.
 * @throws {ContractChecksError} `AWS_UNREACHABLE`
 */
export async function historyOfExecution(executionArn: string): Promise<History> {
  try {
    const { readExecution } = await import('./read-from-aws.ts');
    return await readExecution(executionArn);
  } catch (error) {
    throw unreachable(error);
  }
}

function unreachable(error: unknown): ContractChecksError {
  if (error instanceof ContractChecksError) return error;
  const { name, message } = error as Error;
  return new ContractChecksError(
    'AWS_UNREACHABLE',
    `Executions cannot be read from AWS (${name}: ${message}). Check credentials and region, or give histories as files.`,
    { cause: error },
  );
}
