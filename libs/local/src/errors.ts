/** What went wrong before or beside a run; callers branch on it. Stable. */
export type LocalErrorCode =
  | 'DISPOSED'
  | 'INVALID_DEFINITION'
  | 'MISSING_CODE'
  | 'MOCKS_INVALID'
  | 'UNKNOWN_MOCK_CASE'
  | 'UNKNOWN_STATE_MACHINE';

/** Every error that this package throws. What happens inside a run is an outcome, not an error. */
export class LocalError extends Error {
  override readonly name = 'LocalError';
  readonly code: LocalErrorCode;

  constructor(code: LocalErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
