export type ContractChecksErrorCode =
  | 'CONTRACT_NOT_FOUND'
  | 'SNAPSHOT_INVALID'
  | 'BASE_UNREADABLE'
  | 'FILE_UNREADABLE'
  | 'RECORD_INVALID'
  | 'AWS_UNREACHABLE';

/** A check that could not be made; what a check finds is its result, never thrown. */
export class ContractChecksError extends Error {
  override name = 'ContractChecksError';
  readonly code: ContractChecksErrorCode;

  constructor(code: ContractChecksErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
