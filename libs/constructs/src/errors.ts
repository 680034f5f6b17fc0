import { HarmonyError } from '@harmony/errors';

/** What a construct refuses, each with a code that never changes. */
export type ConstructErrorCode =
  | 'ASL_AMBIGUOUS'
  | 'ASL_INVALID'
  | 'ASL_MISSING'
  | 'ASL_SUBSTITUTION_UNKNOWN'
  | 'BUDGET_EXCEEDED'
  | 'BUNDLE_MISSING'
  | 'HANDLERS_MISSING'
  | 'HANDLER_UNUSED'
  | 'NAME_INVALID'
  | 'NAME_TOO_LONG'
  | 'OUTPUT_FOLDER_IN_USE'
  | 'STACK_INVALID'
  | 'QUOTA_EXCEEDED'
  | 'STAGE_INVALID'
  | 'STAGE_VALUE_REFUSED'
  | 'TIMEOUT_DECLARED_TWICE'
  | 'WORKSPACE_NOT_FOUND';

/** Thrown at synth; its message names the offending value, where it is, and the fix. */
export class ConstructError extends HarmonyError<ConstructErrorCode> {
  override readonly name = 'ConstructError';
}
