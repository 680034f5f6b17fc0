import type { OrchestrationDocument, RenderedOrchestrator } from '@harmony/artifact';
import type { OrderFinding } from '@harmony/artifact/rules';
import type { Assembly, Stage, StateMachine } from '@harmony/assembly';

/** An orchestrator, and all that its targets are checked against. */
export interface Surroundings {
  readonly assembly: Assembly;
  readonly stage: Stage;
  readonly machine: StateMachine;
  readonly orchestration: OrchestrationDocument;
  /** What its definition says. */
  readonly rendered: RenderedOrchestrator;
  /** What is wrong with the order of the whole list, by target. */
  readonly order: ReadonlyMap<string, readonly OrderFinding[]>;
}
