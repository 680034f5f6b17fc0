import { type DeployedOrchestration, deployedOrchestration } from '@harmony/artifact';
import type { Orchestration } from './orchestration.ts';
import { planOf } from './render/plan.ts';
import type { StageEnvironment } from './stage/environment.ts';

/**
 * What is recorded of an orchestration that is deployed: what it sends to whom, as its definition
 * has it, the contracts it was checked against, and its own as a target of another.
 *
 * @param environment with stand-ins for what the stage does not name: the record is no template
 */
export function deployedDocument(
  orchestration: Orchestration,
  environment?: StageEnvironment,
): DeployedOrchestration {
  const { document, targets } = orchestration;
  const { entries } = planOf(orchestration, {
    stateMachineArn: (child) => child,
    ...(environment === undefined ? {} : { environment }),
  });
  const contracts = targets.map(({ contract }) => [contract.name, contract.document] as const);
  return deployedOrchestration(document, entries, Object.fromEntries(contracts));
}
