import { HarmonyError } from '@harmony/errors';

/** Stable codes of what the engine refuses: the API's own error codes where it has one. */
export type EngineErrorCode =
  | 'ExecutionAlreadyExists'
  | 'ExecutionLimitExceeded'
  | 'ExecutionNotRedrivable'
  | 'InvalidDefinition'
  | 'InvalidExecutionInput'
  | 'InvalidName'
  | 'InvalidOutput'
  | 'StateMachineAlreadyExists'
  | 'StateMachineDoesNotExist'
  | 'TaskDoesNotExist'
  | 'TaskTimedOut'
  | 'ValidationException';

/** The engine refused a call. Nothing has been changed. */
export class EngineError extends HarmonyError<EngineErrorCode> {
  override readonly name: string = 'EngineError';
}
