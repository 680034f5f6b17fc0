import { type DeployedOrchestration, deployedOrchestration } from '@harmony/artifact';
import type { Orchestration } from './orchestration.ts';
import { planOf } from './render/plan.ts';

/**
 * What is recorded of an orchestration that is deployed: what it sends to whom, as its definition
 * has it, the contracts it was checked against, and its own as a target of another.
 */
export function deployedDocument(orchestration: Orchestration): DeployedOrchestration {
  const { document, targets } = orchestration;
  const { entries } = planOf(orchestration, (child) => child);
  const contracts = targets.map(({ contract }) => [contract.name, contract.document] as const);
  return deployedOrchestration(document, entries, Object.fromEntries(contracts));
}
