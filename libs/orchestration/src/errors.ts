import { HarmonyError } from '@harmony/errors';
import { type Issue, formatIssue } from '@harmony/contract';

export type OrchestrationErrorCode =
  'ORCHESTRATION_INVALID' | 'HISTORY_UNREADABLE' | 'SHARED_INVALID';

/** Base of what this package throws: a stable `code`, and every issue found with its path. */
export class OrchestrationError extends HarmonyError<OrchestrationErrorCode> {
  override name = 'OrchestrationError';
  readonly issues: readonly Issue[];

  constructor(code: OrchestrationErrorCode, headline: string, issues: readonly Issue[]) {
    super(code, [headline, ...issues.map(formatIssue)].join('\n  '));
    this.issues = issues;
  }
}
