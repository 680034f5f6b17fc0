import { readOrchestrator, type RenderedOrchestrator, type TargetEntry } from '@harmony/artifact';
import type { StateMachine } from '@harmony/assembly';

/**
 * What an orchestrator's definition says; undefined for a child.
 * @throws {ArtifactError} for a definition that cannot be read
 */
export function orchestratorIn(machine: StateMachine): RenderedOrchestrator | undefined {
  return machine.orchestration === undefined ? undefined : readOrchestrator(machine.definition);
}

/** The targets of an orchestrator; none for a child. */
export function targetsOf(machine: StateMachine): readonly TargetEntry[] {
  return orchestratorIn(machine)?.targets ?? [];
}
