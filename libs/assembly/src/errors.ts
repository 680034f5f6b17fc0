import { HarmonyError } from '@harmony/errors';

/** What cannot be read from an assembly, each with a code that never changes. */
export type AssemblyErrorCode =
  'ASSEMBLY_NOT_FOUND' | 'ASSEMBLY_INVALID' | 'UNRESOLVED' | 'DEFINITION_INVALID';

/** Thrown by the reader; its message names the file or resource, the value, and the fix. */
export class AssemblyError extends HarmonyError<AssemblyErrorCode> {
  override readonly name = 'AssemblyError';
}
