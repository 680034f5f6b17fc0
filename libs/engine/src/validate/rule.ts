import type { Report } from './diagnostic.ts';
import type { ScopeSite, StateSite } from './site.ts';

/**
 * One rule of the language. A rule looks at one thing, says what is wrong with it and trusts
 * nothing: every value may be any JSON. To add one, write a file in rules/ and list it in
 * rules/index.ts.
 */
export interface Rule {
  /** All scopes, outermost first. */
  readonly definition?: (scopes: readonly ScopeSite[], report: Report) => void;
  readonly scope?: (scope: ScopeSite, report: Report) => void;
  readonly state?: (state: StateSite, report: Report) => void;
}
