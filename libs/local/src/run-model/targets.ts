import type { StateMachine } from '@harmony/assembly';

/** One entry of a rendered orchestrator's target list, as far as a run shows it. */
export interface RenderedTarget {
  readonly id: string;
  readonly child: string;
  /** Seconds. */
  readonly delay?: number;
}

/** The literal list that an orchestrator's *Inject targets* carries; empty for a child. */
export function targetsOf(machine: StateMachine): readonly RenderedTarget[] {
  if (machine.orchestration === undefined) return [];
  const states = machine.definition.States as Record<string, { Result?: unknown } | undefined>;
  const result = states['Inject targets']?.Result as { targets?: unknown } | undefined;
  return Array.isArray(result?.targets) ? (result.targets as RenderedTarget[]) : [];
}
