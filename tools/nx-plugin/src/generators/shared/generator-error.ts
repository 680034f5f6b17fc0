export type GeneratorErrorCode =
  | 'NAME_INVALID'
  | 'NAME_TAKEN'
  | 'HANDLERS_OF_EMPTY'
  | 'CHILD_UNKNOWN'
  | 'ORCHESTRATION_UNKNOWN'
  | 'CHILD_IN_USE'
  | 'TARGET_REFUSED'
  | 'SOURCE_UNEXPECTED';

/** Why a generator wrote nothing. */
export class GeneratorError extends Error {
  override readonly name = 'GeneratorError';
  readonly code: GeneratorErrorCode;

  constructor(code: GeneratorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
