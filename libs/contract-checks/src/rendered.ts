import { ArtifactError, readOrchestrator, type RenderedOrchestrator } from '@harmony/artifact';
import type { StateMachine } from '@harmony/assembly';
import { ContractChecksError } from './errors.ts';

/**
 * What an orchestrator of the assembly says of its targets.
 * @throws {ContractChecksError} `DEFINITION_UNREADABLE`: what cannot be read is never taken for no targets
 */
export function renderedBy({ name, definition }: StateMachine): RenderedOrchestrator {
  try {
    return readOrchestrator(definition);
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    throw new ContractChecksError(
      'DEFINITION_UNREADABLE',
      `The definition of ${name} cannot be read: ${error.message}. Synthesise the assembly again.`,
      { cause: error },
    );
  }
}
