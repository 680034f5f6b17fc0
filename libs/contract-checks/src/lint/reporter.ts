import type { JsonataNode } from '@harmony/engine/expressions';
import type { Finding } from '../finding.ts';
import type { Fact, JsonType } from './fact.ts';
import { Usage } from './usage.ts';

export type LintCode =
  | 'FIELD_UNDECLARED'
  | 'FIELD_OPTIONAL'
  | 'TYPE_MISMATCH'
  | 'VALUE_IMPOSSIBLE'
  | 'FIELD_UNUSED'
  | 'CALL_UNKNOWN'
  | 'MEMBER_UNKNOWN'
  | 'MEMBER_MISSING'
  | 'MEMBER_TYPE'
  | 'MEMBER_VALUE'
  | 'ERROR_UNKNOWN'
  | 'MOCKS_UNREADABLE'
  | 'MOCK_STATE_UNKNOWN'
  | 'MOCK_RETURN'
  | 'MOCK_MEMBER_MISSING'
  | 'MOCK_THROW';

/** What the lint finds; the path is a JSON pointer into the definition. */
export type LintFinding = Finding<LintCode>;

/** A reference that cannot be held against the contract, and why. */
export type Untraced = Finding<'NOT_TRACED'> & { readonly severity: 'notice' };

/** A call of which nothing here says what it takes and gives, and the command that brings it. */
export type NotChecked = Finding<'CALL_NOT_CHECKED'> & { readonly severity: 'notice' };

/** A field of a payload that is drafted, and what its uses say of it. */
export interface PayloadRead {
  readonly path: readonly string[];
  readonly types: Set<JsonType>;
  /** Something asks whether it is there. */
  asked: boolean;
}

/** Collects what is found; silent while facts are still being worked out. */
export class Reporter {
  readonly findings = new Map<string, LintFinding>();
  readonly untraced = new Map<string, Untraced>();
  readonly unchecked = new Map<string, NotChecked>();
  readonly usage = new Usage();
  /** By path. */
  readonly reads = new Map<string, PayloadRead>();
  /** Paths that some Choice or condition asks to be there, as written. */
  readonly guarded = new Map<string, JsonataNode>();
  /** The same of JSONPaths. */
  readonly guardedPaths = new Set<string>();
  active = false;

  problem(
    severity: 'error' | 'warning',
    code: LintCode,
    path: string,
    message: string,
    fix?: string,
  ): void {
    if (!this.active) return;
    const finding = { code, severity, path, message, ...(fix === undefined ? {} : { fix }) };
    this.findings.set(`${path} ${code} ${message}`, finding);
  }

  /** Only what comes from a payload that is drafted counts. */
  read(fact: Fact, said: { readonly type?: JsonType | undefined; readonly asked?: boolean }): void {
    if (!this.active || fact.kind !== 'unknown' || fact.path === undefined) return;
    const key = JSON.stringify(fact.path);
    const known = this.reads.get(key) ?? { path: fact.path, types: new Set(), asked: false };
    if (said.type !== undefined) known.types.add(said.type);
    known.asked ||= said.asked === true;
    this.reads.set(key, known);
  }

  notChecked(path: string, message: string, fix: string | undefined): void {
    if (!this.active) return;
    this.unchecked.set(path, {
      ...{ code: 'CALL_NOT_CHECKED', severity: 'notice', path, message },
      ...(fix === undefined ? {} : { fix }),
    });
  }

  notTraced(path: string, reference: string, fact: Fact): void {
    if (!this.active || fact.kind !== 'unknown') return;
    const message = `${reference} is not traced: ${fact.reason}`;
    this.untraced.set(`${path} ${reference}`, {
      code: 'NOT_TRACED',
      severity: 'notice',
      path,
      message,
    });
  }
}
