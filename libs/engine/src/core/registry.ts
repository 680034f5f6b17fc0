import type { CompiledMachine } from './port.ts';
import type { StateMachineType } from '../types.ts';

/** A state machine that was added to the engine. */
export interface StateMachineRecord {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly type: StateMachineType;
  readonly machine: CompiledMachine;
}
