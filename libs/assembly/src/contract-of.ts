import type { ContractDocument } from '@harmony/contract';
import type { Stage, StateMachine } from './model.ts';

/** A child as a target sees it: what it takes and puts out. */
export type TargetContract = Omit<ContractDocument, 'hash'>;

/** What a state machine takes and puts out as a target: a child's contract, or an orchestrator's. */
export function contractOf(machine: StateMachine): TargetContract | undefined {
  if (machine.contract !== undefined) return machine.contract;
  const { name, payload, configuration, output } = machine.orchestration ?? {};
  if (name === undefined || payload === undefined) return undefined;
  if (configuration === undefined || output === undefined) return undefined;
  return { name, payload, configuration, output };
}

/** The contract called `name` in a stage: of a child, or of an orchestration. */
export function contractIn(stage: Stage, name: string): TargetContract | undefined {
  return stage.stateMachines.map(contractOf).find((contract) => contract?.name === name);
}
