import type { TaskCall } from './call.ts';

/** One way for a Task to call what its Resource names, and to wait for the answer. */
export interface Integration {
  /** Whether the Task gets a token: then the context object has Task.Token. */
  readonly needsToken: boolean;
  /** Emits the Task's events and sooner or later settles the call. */
  start(call: TaskCall): void;
}
