import type { StateMachine } from '@harmony/assembly';
import type { FuzzFailure } from './fuzz-failure.ts';

const NARROW = 'narrow the contract so that such an input is refused';
const CHECK_INPUT = 'the handler checkInput(contract) of @harmony/handler';

type States = Readonly<Record<string, { readonly Type?: unknown }>>;

/** What can be done about a failure in this state machine: no advice that it has taken already. */
export function wayOut(
  { kind, error, state }: Pick<FuzzFailure, 'kind' | 'error' | 'state'>,
  { StartAt, States }: StateMachine['definition'],
): string {
  const first = String(StartAt);
  const atFirst = state === undefined || state === first;
  const checks = (States as States | undefined)?.[first]?.Type === 'Task';
  switch (kind) {
    case 'VALID_INPUT_REFUSED':
      return atFirst
        ? `make "${first}" parse with the contract that the assembly carries`
        : `"${state}" refuses what the states before it make of that input: correct what they put out, or what it parses with`;
    case 'EVALUATION_FAILED':
      return evaluationWayOut(error, state);
    case 'HANDLER_CRASHED':
      return `have the handler of "${state}" take that input, or ${NARROW}`;
    case 'OUTPUT_REFUSED':
      return 'correct what the last states put out, or the contract’s output (with a raised version where it is deployed)';
    case 'INVALID_INPUT_ACCEPTED':
      return checks
        ? `have "${first}" run ${CHECK_INPUT} and pass on what that returns`
        : `begin with a Task before "${first}" that runs ${CHECK_INPUT}`;
    case 'INVALID_INPUT_HALF_PROCESSED':
      if (!checks) return `begin with a Task before "${first}" that runs ${CHECK_INPUT}`;
      return atFirst
        ? `have "${first}" run ${CHECK_INPUT}, which refuses as ContractViolation`
        : `have "${first}" run ${CHECK_INPUT}, and let no Catch of it lead on after ContractViolation`;
  }
}

function evaluationWayOut(error: string | undefined, state: string | undefined): string {
  switch (error) {
    case 'States.NoChoiceMatched':
      return `give "${state}" a Default, or ${NARROW}`;
    case 'States.ResultPathMatchFailure':
      return `let the input of "${state}" be an object that has room for its ResultPath, or choose another`;
    case 'States.IntrinsicFailure':
      return `give the function in "${state}" what it takes, or ${NARROW}`;
    case 'States.QueryEvaluationError':
      return `have the expression take what may be missing ($exists) or of another type ($type); where that is a field of the contract, it can be required or have a default there`;
    default:
      return `ask with IsPresent in a Choice before "${state}"; where what is missing is a field of the contract, it can be required or have a default there`;
  }
}
