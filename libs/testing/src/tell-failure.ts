import { errorText, failureLines } from '@harmony/local';
import { onTestFailed } from 'vitest';
import type { ChildRun } from './child-run.ts';

/**
 * Where the test that made a run fails, prints why the run did not succeed: what an assertion on its
 * output or its calls cannot say.
 */
export function tellFailure(run: ChildRun, mocksCase: string): void {
  if (run.status === 'SUCCEEDED') return;
  try {
    onTestFailed(() => void process.stderr.write(`${failureOf(run, mocksCase)}\n`));
  } catch {
    // Run by something else than a test: it asks for `failure` itself.
  }
}

function failureOf(run: ChildRun, mocksCase: string): string {
  const { stateMachine, status, failure, error, cause } = run;
  const lines = failure === undefined ? [] : failureLines(failure);
  return [
    `${stateMachine}, test case ${mocksCase}: ${status}`,
    ...[...lines, errorText(error, cause)].map((line) => `  ${line}`),
  ].join('\n');
}
