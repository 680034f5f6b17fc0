import { HarmonyError } from '@harmony/errors';

/** One thing wrong with one value. */
export type Issue = {
  /** Where, as the caller wrote it: `configuration.thresholds[1]`. Empty for the whole value. */
  readonly path: string;
  /** What is wrong and what was expected. */
  readonly message: string;
};

export type ContractErrorCode =
  'CONTRACT_VIOLATION' | 'CONTRACT_NAME' | 'CONTRACT_SCHEMA' | 'CONTRACT_EXAMPLE';

/** Base of everything this package throws: a stable `code`, and every issue found, not the first. */
export class ContractError extends HarmonyError<ContractErrorCode> {
  override name = 'ContractError';
  readonly issues: readonly Issue[];

  constructor(code: ContractErrorCode, headline: string, issues: readonly Issue[]) {
    super(code, [headline, ...issues.map(formatIssue)].join('\n  '));
    this.issues = issues;
  }
}

/**
 * A value that its contract refuses. The error's name is what Lambda reports to Step Functions as
 * the error, so a state machine can tell it from faults worth a retry.
 */
export class ContractViolation extends ContractError {
  override name = 'ContractViolation';

  constructor(contract: string, issues: readonly Issue[]) {
    super('CONTRACT_VIOLATION', `Input refused by the contract "${contract}":`, issues);
  }
}

/** A contract that may not exist: bad name, a schema JSON Schema cannot say, a wrong example. */
export class InvalidContract extends ContractError {
  override name = 'InvalidContract';

  constructor(
    code: Exclude<ContractErrorCode, 'CONTRACT_VIOLATION'>,
    contract: string,
    issues: readonly Issue[],
  ) {
    super(code, `The contract "${contract}" cannot be defined:`, issues);
  }
}

/** `path: message`, or the message alone for an issue with the whole value. */
export function formatIssue(issue: Issue): string {
  return issue.path === '' ? issue.message : `${issue.path}: ${issue.message}`;
}
