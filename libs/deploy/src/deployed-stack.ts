import type { LongestWait } from './removal.ts';

/** A state machine of the stack, and what of it runs. */
export interface RunningMachine {
  readonly stateMachineArn: string;
  /** ARNs of its executions in flight: it is deleted only when they have ended. */
  readonly executions: readonly string[];
  readonly wait?: LongestWait;
}

/** A stack as it is deployed, for whoever is about to delete it. */
export interface StackToRemove {
  readonly stackName: string;
  readonly isProtected: boolean;
  /** The template's text. */
  readonly template: string;
  readonly machines: readonly RunningMachine[];
}
