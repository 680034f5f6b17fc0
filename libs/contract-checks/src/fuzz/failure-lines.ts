import type { FuzzFailure, FuzzFailureKind } from './fuzz-failure.ts';

const HEADLINES: Readonly<Record<FuzzFailureKind, string>> = {
  VALID_INPUT_REFUSED: 'Check input refuses an input that the contract accepts',
  EVALUATION_FAILED:
    'an expression of the state machine fails on an input that the contract accepts',
  HANDLER_CRASHED: 'a handler crashes on an input that the contract accepts',
  OUTPUT_REFUSED: 'the output is refused by the contract',
  INVALID_INPUT_ACCEPTED: 'an input that the contract refuses runs through',
  INVALID_INPUT_HALF_PROCESSED:
    'an input that the contract refuses is not refused as ContractViolation in the first state',
};

/** A failure for people: what, where, the smallest input, and what to do. */
export function failureLines(child: string, failure: FuzzFailure): string[] {
  const { kind, input, seed, error, cause, output, state, wayOut } = failure;
  return [
    `${child}: ${HEADLINES[kind]} (${kind}, seed ${seed})`,
    ...(state === undefined ? [] : [`  state: ${state}`]),
    ...(error === undefined ? [] : [`  error: ${error}`]),
    ...(cause === undefined ? [] : [`  cause: ${cause}`]),
    `  input: ${JSON.stringify(input)}`,
    ...(output === undefined ? [] : [`  output: ${JSON.stringify(output)}`]),
    `  way out: ${wayOut}`,
    `  again: harmony contracts fuzz ${child} --runs 1 --seed ${seed}`,
  ];
}
