import { type Assembly, renderedTargets } from '@harmony/assembly';
import type { JsonSchema } from '@harmony/contract';

/** One target that runs a child, as an orchestrator of the assembly has it. */
export interface TargetUse {
  readonly stage: string;
  readonly orchestrator: string;
  readonly id: string;
  readonly configuration: unknown;
  /** What a trigger may send to the orchestrator. */
  readonly payload: JsonSchema;
}

/** Every target of every orchestrator and stage that runs the child `name`. */
export function targetsOf(assembly: Assembly, name: string): TargetUse[] {
  return assembly.stages.flatMap((stage) =>
    stage.stateMachines.flatMap((machine) => {
      const { orchestration } = machine;
      if (!orchestration) return [];
      return (renderedTargets(machine) ?? [])
        .filter(({ child }) => child === name)
        .map(({ id, configuration }) => ({
          stage: stage.name,
          orchestrator: orchestration.name,
          id,
          configuration,
          payload: orchestration.payload,
        }));
    }),
  );
}
