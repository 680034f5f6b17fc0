import type { Thread, Transition } from '../core/port.ts';
import type { Json } from '../json.ts';

/** How data gets into a state and out of it: the part that differs between the query languages. */
export interface Flow {
  /** JSONPath: after InputPath; JSONata: the raw input. `$` of the state's other fields. */
  readonly view: (thread: Thread) => Json;
  /** What the state works on: after Parameters, or Arguments. */
  readonly effectiveInput: (thread: Thread) => Json;
  /**
   * Applies ResultSelector, ResultPath, OutputPath and Assign, or Output and Assign, and exits.
   * @param result of the state; `$` of Assign in JSONPath
   */
  readonly finish: (thread: Thread, result: Json, to: Transition) => void;
  /** The same for states that have no result but pass their input on (Choice, Wait, Succeed). */
  readonly passOn: (thread: Thread, to: Transition) => void;
}
