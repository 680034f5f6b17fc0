import { expect, test } from 'vitest';
import type { FuzzFailure } from './fuzz-failure.ts';
import { wayOut } from './way-out.ts';

const checked = {
  StartAt: 'Check input',
  States: { 'Check input': { Type: 'Task', Next: 'Choose' }, Choose: { Type: 'Choice' } },
};
const unchecked = { StartAt: 'Choose', States: { Choose: { Type: 'Choice' } } };

test.each<[Pick<FuzzFailure, 'kind' | 'error' | 'state'>, Record<string, unknown>, string]>([
  [
    { kind: 'EVALUATION_FAILED', error: 'States.NoChoiceMatched', state: 'Choose' },
    checked,
    'give "Choose" a Default',
  ],
  [
    { kind: 'EVALUATION_FAILED', error: 'States.ParameterPathFailure', state: 'Choose' },
    checked,
    'IsPresent in a Choice before "Choose"',
  ],
  [
    { kind: 'EVALUATION_FAILED', error: 'States.IntrinsicFailure', state: 'Choose' },
    checked,
    'give the function in "Choose"',
  ],
  [{ kind: 'VALID_INPUT_REFUSED', state: 'Check input' }, checked, 'make "Check input" parse'],
  [{ kind: 'VALID_INPUT_REFUSED', state: 'Choose' }, checked, '"Choose" refuses what the states'],
  [{ kind: 'INVALID_INPUT_ACCEPTED' }, checked, 'have "Check input" run'],
  [{ kind: 'INVALID_INPUT_ACCEPTED' }, unchecked, 'begin with a Task before "Choose"'],
  [
    { kind: 'INVALID_INPUT_HALF_PROCESSED', state: 'Choose' },
    unchecked,
    'begin with a Task before "Choose"',
  ],
  [
    { kind: 'INVALID_INPUT_HALF_PROCESSED', state: 'Choose' },
    checked,
    'let no Catch of it lead on after ContractViolation',
  ],
  [
    { kind: 'INVALID_INPUT_HALF_PROCESSED', state: 'Check input' },
    checked,
    'which refuses as ContractViolation',
  ],
])('%j has a way out that this state machine can take', (failure, definition, expected) => {
  expect(wayOut(failure, definition)).toContain(expected);
});
