import type { SentTarget } from '@harmony/artifact';
import type { JsonSchema } from '@harmony/schema';
import { isConcerned } from '../concerned.ts';
import type { Snapshot } from '../snapshots/snapshot.ts';

/** A target that a contract concerns, as an orchestration has it. */
export interface TargetUse {
  readonly orchestrator: string;
  readonly target: SentTarget;
  /** All targets of the orchestration: what the target's references lead to. */
  readonly targets: readonly SentTarget[];
  /** What a trigger may send to the orchestration. */
  readonly payload: JsonSchema;
}

/**
 * Every target of every orchestration that the contract `name` concerns: it runs the child, or takes
 * a value from the output of a target that does.
 * @param contracts of the state whose use counts: what is deployed or will be, never what is being
 * changed together with the contract
 */
export function targetsOf(contracts: readonly Snapshot[], name: string): TargetUse[] {
  return contracts.flatMap(({ document, targets }) =>
    targets
      .filter((target) => isConcerned(target, name, targets))
      .map((target) => ({
        orchestrator: document.name,
        target,
        targets,
        payload: document.payload,
      })),
  );
}
