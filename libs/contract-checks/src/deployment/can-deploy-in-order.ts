import { contractIn, type Stage } from '@harmony/assembly';
import { canDeploy, type DeployVerdict } from './can-deploy.ts';
import { ofAssembly } from './conflicts.ts';
import type { Deployed } from './records.ts';

/**
 * May these go out, one after the other? Each is judged by what the stage will run when its turn
 * comes: with those before it, which are taken as deployed whether they may be or not, so that one
 * refusal isn't told twice. Runs in flight stay, with the definition that they started with.
 *
 * @returns a verdict for each, in that order; none for a name that holds no workflow of the stage
 */
export function canDeployInOrder(
  stage: Stage,
  names: readonly string[],
  deployed: Deployed,
): readonly (DeployVerdict | undefined)[] {
  let now = deployed;
  return names.map((name) => {
    const verdict = canDeploy(stage, name, now);
    now = afterDeploying(stage, name, now);
    return verdict;
  });
}

/** What the stage runs once `name` of the assembly has gone out to it. */
function afterDeploying(stage: Stage, name: string, deployed: Deployed): Deployed {
  const machine = stage.stateMachines.find(
    ({ contract, orchestration }) => contract?.name === name || orchestration?.name === name,
  );
  if (machine?.contract) {
    const child = { name, version: 1, contract: machine.contract };
    const others = deployed.children.filter((each) => each.name !== name);
    return { ...deployed, children: [...others, child] };
  }
  if (machine?.orchestration) {
    const { payload } = machine.orchestration;
    const { targets } = ofAssembly(machine);
    const contract = contractIn(stage, name);
    const orchestrator = { name, version: 1, payload, targets, ...(contract && { contract }) };
    const others = deployed.orchestrators.filter((each) => each.name !== name);
    return { ...deployed, orchestrators: [...others, orchestrator] };
  }
  return deployed;
}
