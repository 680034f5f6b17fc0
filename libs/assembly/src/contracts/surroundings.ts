import type { Assembly, OrchestrationDocument, Stage, StateMachine } from '../model.ts';
import type { RenderedTarget } from './targets.ts';

/** An orchestrator, and all that its targets are checked against. */
export interface Surroundings {
  readonly assembly: Assembly;
  readonly stage: Stage;
  readonly machine: StateMachine;
  readonly orchestration: OrchestrationDocument;
  readonly targets: readonly RenderedTarget[];
}
