import type { Retrier } from '../definition.ts';
import type { Format } from '../format.ts';
import type { StateAt, StateRole } from '../state-names.ts';
import type { InjectedDebug, TargetEntry } from '../target-entry.ts';

/** A rendered orchestrator as its readers see it: by what is there, not by what it is called. */
export interface RenderedOrchestrator {
  readonly format: Format;
  /** In the list's order. */
  readonly targets: readonly TargetEntry[];
  /** The stage's defaults for a run's switches. */
  readonly debug: InjectedDebug;
  /** Seconds that one run may take. */
  readonly timeout: number;
  /** How many Maps run one after the other; at least 1. */
  readonly waves: number;
  /** The authors' conditions, by the names that targets have them by. */
  readonly conditions: ReadonlyMap<string, string>;
  /** Paths in the payload of the moments that are waited for. */
  readonly moments: readonly string[];
  /** Whether a state of this role is rendered. */
  has(role: StateRole): boolean;
  /** The retry policy of the state that a target leads to. */
  retriersOf(target: TargetEntry): readonly Retrier[];
  /** What a state's name, in a history, says; undefined for one that the format does not have. */
  stateNamed(name: string): StateAt | undefined;
}
