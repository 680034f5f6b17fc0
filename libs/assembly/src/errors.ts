/** What cannot be read from an assembly, each with a code that never changes. */
export type AssemblyErrorCode =
  'ASSEMBLY_NOT_FOUND' | 'ASSEMBLY_INVALID' | 'UNRESOLVED' | 'DEFINITION_INVALID';

/** Thrown by the reader; its message names the file or resource, the value, and the fix. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError';
  readonly code: AssemblyErrorCode;

  constructor(code: AssemblyErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
