import { HarmonyError } from '@harmony/errors';

export type ContractChecksErrorCode =
  | 'CONTRACT_NOT_FOUND'
  | 'CONTRACT_INVALID'
  | 'SNAPSHOT_INVALID'
  | 'BASE_UNREADABLE'
  | 'FILE_UNREADABLE'
  | 'DEFINITION_UNREADABLE'
  | 'RECORD_INVALID'
  | 'HISTORY_INVALID'
  | 'COVERAGE_MISSING'
  | 'COVERAGE_STALE'
  | 'AWS_UNREACHABLE'
  | 'OTHER_ACCOUNT';

/** A check that could not be made; what a check finds is its result, never thrown. */
export class ContractChecksError extends HarmonyError<ContractChecksErrorCode> {
  override name = 'ContractChecksError';
}
