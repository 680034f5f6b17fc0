import { type Assembly, contractIn, renderedTargets, type SentTarget } from '@harmony/assembly';
import type { JsonSchema } from '@harmony/schema';
import { isConcerned, type Serves } from '../concerned.ts';

/** A target that a child's contract concerns, as an orchestrator of the assembly has it. */
export interface TargetUse {
  readonly stage: string;
  readonly orchestrator: string;
  readonly target: SentTarget;
  /** All targets of the orchestrator: what the target's references lead to. */
  readonly targets: readonly SentTarget[];
  /** What a trigger may send to the orchestrator. */
  readonly payload: JsonSchema;
  /** The contracts of the stage, as the assembly has them. */
  readonly serves: Serves;
}

/**
 * Every target of every orchestrator and stage that the contract `name` concerns: it runs the child,
 * or takes a value from the output of a target that does.
 */
export function targetsOf(assembly: Assembly, name: string): TargetUse[] {
  return assembly.stages.flatMap((stage) =>
    stage.stateMachines.flatMap((machine) => {
      const { orchestration } = machine;
      if (!orchestration) return [];
      const targets = renderedTargets(machine) ?? [];
      return targets
        .filter((target) => isConcerned(target, name, targets))
        .map((target) => ({
          stage: stage.name,
          orchestrator: orchestration.name,
          target,
          targets,
          payload: orchestration.payload,
          serves: (child: string) => contractIn(stage, child),
        }));
    }),
  );
}
