import type { QueryLanguage } from '../expressions/types.ts';

/** One finding about a definition. */
export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  /** Stable, e.g. `MISSING_TRANSITION_TARGET`. */
  readonly code: DiagnosticCode;
  /** JSON Pointer of what is wrong; of the object that lacks it where something is missing. */
  readonly pointer: string;
  readonly message: string;
}

export type DiagnosticCode =
  | 'DEFINITION_TOO_LARGE'
  | 'DUPLICATE_STATE_NAME'
  | 'INVALID_JSON_DESCRIPTION'
  | 'INVALID_JSONATA_EXPRESSION'
  | 'INVALID_RESOURCE'
  | 'MISSING_END_STATE'
  | 'MISSING_TRANSITION_TARGET'
  | 'SCHEMA_VALIDATION_FAILED'
  | 'UNSUPPORTED_JSONATA_EXPRESSION'
  | 'UNSUPPORTED_BY_ENGINE'
  | 'UNKNOWN_ERROR_NAME'
  | 'UNKNOWN_FUNCTION'
  | 'UNKNOWN_INTEGRATION'
  | 'UNKNOWN_VARIABLE'
  | 'NO_CHOICE_DEFAULT'
  | 'NO_EFFECT';

export type Report = (
  code: DiagnosticCode,
  pointer: string,
  message: string,
  severity?: Diagnostic['severity'],
) => void;

export interface ValidateOptions {
  /** Express machines allow less. Default STANDARD. */
  readonly type?: 'STANDARD' | 'EXPRESS' | undefined;
  /**
   * Accept `${Name}` in strings, as in a source file whose substitutions are made at deployment.
   * Default false: the service itself does not know them.
   */
  readonly placeholders?: boolean | undefined;
}

export interface ResolvedOptions {
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly placeholders: boolean;
}

export type { QueryLanguage };
