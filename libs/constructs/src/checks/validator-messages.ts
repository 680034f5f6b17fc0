import type { MessagePort } from 'node:worker_threads';

/** Which templates to validate, and where the answer goes. */
export interface Question {
  readonly templates: readonly {
    readonly path: string;
    readonly accountId?: string | undefined;
    readonly region?: string | undefined;
  }[];
  readonly port: MessagePort;
}

export interface Diagnostic {
  readonly ruleId: string;
  readonly severity: string;
  readonly message: string;
  readonly propertyPath?: string;
  readonly logicalId?: string;
  readonly suggestedFix?: string;
  readonly category?: string;
}

/** Diagnostics in the order of the templates, or why there are none. */
export type Answer =
  { readonly diagnostics: readonly (readonly Diagnostic[])[] } | { readonly fault: string };
