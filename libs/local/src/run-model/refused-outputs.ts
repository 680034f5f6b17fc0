import type { StateMachine } from '@harmony/assembly';
import { validateJson } from '@harmony/schema/validate';
import type { RunReport } from '../report.ts';
import type { Histories } from './histories.ts';

/** An output of a child that its own contract does not promise. */
export interface RefusedOutput {
  readonly executionArn: string;
  /** Name of the state machine. */
  readonly stateMachine: string;
  /** Within the output: `output.findings[0].id`. */
  readonly path: string;
  readonly message: string;
}

/**
 * Holds what succeeded executions put out to their contracts. Step Functions asks nobody: the status
 * stays what it is, and callers get what they were not promised.
 */
export function refusedOutputs(
  { executions }: Pick<RunReport, 'executions'>,
  histories: Histories,
  machines: readonly StateMachine[],
): RefusedOutput[] {
  return executions.flatMap(({ executionArn, stateMachine }) => {
    const contract = machines.find(({ name }) => name === stateMachine)?.contract;
    const last = histories.of(executionArn)?.events.at(-1);
    const output = last?.['executionSucceededEventDetails']?.['output'];
    if (contract === undefined || typeof output !== 'string') return [];
    const value: unknown = JSON.parse(output);
    const issues = validateJson({ schema: contract.output, value, path: 'output' });
    return issues.map(({ path, message }) => ({ executionArn, stateMachine, path, message }));
  });
}
