import { HarmonyError } from '@harmony/errors';

export type DeployErrorCode =
  | 'BASE_UNKNOWN'
  | 'BASE_UNSYNTHESISABLE'
  | 'GRAPH_UNAVAILABLE'
  | 'STAGE_UNKNOWN'
  | 'CDK_NOT_FOUND'
  | 'NOT_A_REPOSITORY'
  | 'DEFINITION_UNREADABLE'
  | 'LOG_INVALID'
  | 'OTHER_ACCOUNT'
  | 'AWS_UNREACHABLE';

/** A plan could not be made or carried out at all; a stack that fails to deploy is an outcome instead. */
export class DeployError extends HarmonyError<DeployErrorCode> {
  override readonly name = 'DeployError';
}
