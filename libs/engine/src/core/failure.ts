import { StatesError } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';

/** How a state, a branch or an execution failed. */
export interface Failure {
  /** Absent for a Fail state that names none. */
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /**
   * States.Runtime and its like: no Retry and no Catch sees it, the execution fails
   * (AWS documentation, "Handling errors": not retriable, always fails the execution).
   */
  readonly fatal: boolean;
  /** A failed evaluation of JSONata: the history gets an EvaluationFailed event. */
  readonly evaluation?: { readonly location: string | undefined } | undefined;
}

export function failure(error: string | undefined, cause: string | undefined): Failure {
  return { error, cause: bounded(cause), fatal: false };
}

/** Characters of a cause (API reference, ExecutionFailedEventDetails). */
const maxCause = 32_768;

/** Causes quote values, and the causes of children with all that they quote. */
function bounded(cause: string | undefined): string | undefined {
  return cause !== undefined && cause.length > maxCause ? cause.slice(0, maxCause) : cause;
}

/** Thrown to fail a state with exactly this failure, without words put before its cause. */
export class Fails extends Error {
  readonly how: Failure;

  constructor(how: Failure) {
    super(how.error);
    this.how = how;
  }
}

/** Error names that always fail the execution. */
const fatalErrors: ReadonlySet<string> = new Set(['States.Runtime']);

/**
 * What an evaluation threw, in the words of the service.
 * @param enteredId id of the state's …StateEntered event
 */
export function failureOfEvaluation(
  thrown: unknown,
  stateName: string,
  enteredId: number,
): Failure {
  if (thrown instanceof Fails) return thrown.how;
  const where = `An error occurred while executing the state '${stateName}' (entered at the event id #${enteredId}). `;
  if (thrown instanceof StatesError) {
    return {
      error: thrown.error,
      cause: bounded(where + thrown.cause),
      fatal: fatalErrors.has(thrown.error),
      evaluation:
        thrown.error === 'States.QueryEvaluationError' ? { location: thrown.location } : undefined,
    };
  }
  // A fault of the host (a stack overflow on data nested too deep, out of string length):
  // it must end this execution by name, and nothing else.
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { error: 'States.Runtime', cause: bounded(where + message), fatal: true };
}

/** What Catch hands on and `$states.errorOutput` shows. */
export function errorOutput(of: Failure): Json {
  const output: JsonObject = {};
  output['Error'] = of.error ?? '';
  output['Cause'] = of.cause ?? '';
  return output;
}

/** @param what the state, or the service that a Task called */
export function dataLimitExceeded(what: string): Failure {
  return failure(
    'States.DataLimitExceeded',
    `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}
