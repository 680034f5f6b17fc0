import { HarmonyError } from '@harmony/errors';

/** What went wrong before or beside a run; callers branch on it. Stable. */
export type LocalErrorCode =
  | 'DISPOSED'
  | 'ENDPOINT_INVALID'
  | 'CLIENT_MISSING'
  | 'INVALID_DEFINITION'
  | 'MISSING_CODE'
  | 'MOCKS_INVALID'
  | 'PORT_IN_USE'
  | 'UNKNOWN_FUNCTION'
  | 'RUN_UNREADABLE'
  | 'UNKNOWN_MOCK_CASE'
  | 'UNKNOWN_RUN'
  | 'UNKNOWN_STATE_MACHINE';

/** Every error that this package throws. What happens inside a run is an outcome, not an error. */
export class LocalError extends HarmonyError<LocalErrorCode> {
  override readonly name = 'LocalError';
}
