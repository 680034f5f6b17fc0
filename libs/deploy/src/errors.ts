export type DeployErrorCode =
  'BASE_UNKNOWN' | 'GRAPH_UNAVAILABLE' | 'STAGE_UNKNOWN' | 'CDK_NOT_FOUND' | 'NOT_A_REPOSITORY';

/** A plan could not be made or carried out at all; a stack that fails to deploy is an outcome instead. */
export class DeployError extends Error {
  override readonly name = 'DeployError';
  readonly code: DeployErrorCode;

  constructor(code: DeployErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
