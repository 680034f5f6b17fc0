import type { ContractDocument } from '@harmony/contract';
import type { StateMachine } from '../model.ts';

/** What a state machine takes and puts out as a target: a child's contract, or an orchestrator's. */
export function contractOf(machine: StateMachine): Omit<ContractDocument, 'hash'> | undefined {
  if (machine.contract !== undefined) return machine.contract;
  const { name, payload, configuration, output } = machine.orchestration ?? {};
  if (name === undefined || payload === undefined) return undefined;
  if (configuration === undefined || output === undefined) return undefined;
  return { name, payload, configuration, output };
}
