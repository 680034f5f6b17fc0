import type { Fact } from './fact.ts';
import { Usage } from './usage.ts';

export type LintCode =
  'FIELD_UNDECLARED' | 'FIELD_OPTIONAL' | 'TYPE_MISMATCH' | 'VALUE_IMPOSSIBLE' | 'FIELD_UNUSED';

export interface LintProblem {
  readonly severity: 'error' | 'warning';
  readonly code: LintCode;
  /** JSON pointer into the definition. */
  readonly pointer: string;
  readonly message: string;
}

/** A reference that cannot be held against the contract, and why. */
export interface Untraced {
  readonly pointer: string;
  readonly reference: string;
  readonly reason: string;
}

/** Collects what is found; silent while facts are still being worked out. */
export class Reporter {
  readonly problems = new Map<string, LintProblem>();
  readonly untraced = new Map<string, Untraced>();
  readonly usage = new Usage();
  /** Paths that some Choice or condition asks to be there, as written. */
  readonly guarded = new Set<string>();
  active = false;

  problem(
    severity: LintProblem['severity'],
    code: LintCode,
    pointer: string,
    message: string,
  ): void {
    if (!this.active) return;
    this.problems.set(`${pointer} ${code} ${message}`, { severity, code, pointer, message });
  }

  notTraced(pointer: string, reference: string, fact: Fact): void {
    if (!this.active || fact.kind !== 'unknown') return;
    const { reason } = fact;
    this.untraced.set(`${pointer} ${reference}`, { pointer, reference, reason });
  }
}
