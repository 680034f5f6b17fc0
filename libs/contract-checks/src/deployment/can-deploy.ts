import { contractIn, type Stage, type StateMachine, type TargetContract } from '@harmony/assembly';
import type { Serves } from '../concerned.ts';
import {
  type Conflict,
  conflictsWith,
  ofAssembly,
  ofDeployed,
  ofRunning,
  refusals,
  runs,
} from './conflicts.ts';
import { firstForChild, firstForOrchestrator, replacing } from './deploy-first.ts';
import type { Deployed, ReadableExecution } from './records.ts';

export interface DeployVerdict {
  readonly name: string;
  readonly kind: 'child' | 'orchestrator';
  readonly stage: string;
  readonly allowed: boolean;
  readonly conflicts: readonly Conflict[];
  /** What to do, in order; empty when allowed. */
  readonly deployFirst: readonly string[];
  /** What was looked at, in a few words. */
  readonly checked: string;
}

/**
 * May `name` of the assembly go out to what the stage runs?
 *
 * A child: every deployed orchestrator that runs it, and each of their executions in flight, must
 * send what its new contract accepts, and other children must accept what they take of its output.
 * An orchestrator: every child it runs must be deployed and accept what it sends.
 */
export function canDeploy(
  stage: Stage,
  name: string,
  deployed: Deployed,
): DeployVerdict | undefined {
  const machine = stage.stateMachines.find(
    ({ contract, orchestration }) => contract?.name === name || orchestration?.name === name,
  );
  if (machine?.contract) return childVerdict(stage, machine.contract, deployed);
  if (machine?.orchestration) return orchestratorVerdict(stage, machine, name, deployed);
  return undefined;
}

function childVerdict(stage: Stage, contract: TargetContract, deployed: Deployed): DeployVerdict {
  const { name } = contract;
  const { conflicts, deployFirst } = asChild(stage, contract, deployed);
  const using = deployed.orchestrators.filter((each) => runs(each, name));
  const inFlight = readable(deployed).filter((each) => runs(each, name));
  return {
    ...{ name, kind: 'child', stage: stage.name, allowed: conflicts.length === 0 },
    ...{ conflicts, deployFirst },
    checked: `${using.length} deployed orchestrators and ${inFlight.length} executions in flight run ${name}`,
  };
}

/** What is deployed and in flight, against the new contract of what it runs. */
function asChild(stage: Stage, contract: TargetContract, deployed: Deployed) {
  const senders = [...deployed.orchestrators.map(ofDeployed), ...readable(deployed).map(ofRunning)];
  const now = servedBy(deployed);
  // A child that is not there yet breaks nobody's output: it is taken as it would be.
  const serves: Serves = (child) => now(child) ?? contractIn(stage, child);
  const after = replacing(serves, { [contract.name]: contract });
  const conflicts = [
    ...senders.flatMap((sender) => conflictsWith(sender, contract.name, after)),
    ...unreadable(deployed, contract.name),
  ];
  return { conflicts, deployFirst: firstForChild(stage, contract, conflicts, senders, serves) };
}

function readable({ running }: Deployed): ReadableExecution[] {
  return running.flatMap((each) => ('unreadable' in each ? [] : [each]));
}

/** An execution that is not understood may run any child: none may change under it. */
function unreadable({ running }: Deployed, child: string): Conflict[] {
  return running.flatMap((each): Conflict[] => {
    if (!('unreadable' in each)) return [];
    const { orchestrator, executionArn: execution } = each;
    const reason = `what it runs cannot be read (${each.unreadable})`;
    return [{ orchestrator, child, path: 'execution', reason, execution }];
  });
}

function orchestratorVerdict(
  stage: Stage,
  machine: StateMachine,
  name: string,
  deployed: Deployed,
): DeployVerdict {
  const sender = ofAssembly(machine);
  const children = [...new Set(sender.targets.map(({ child }) => child))].sort();
  const now = servedBy(deployed);
  const serves: Serves = (child) => now(child) ?? contractIn(stage, child);
  const conflicts = children.flatMap((child): Conflict[] => {
    if (now(child)) return refusals(sender, child, serves);
    return sender.targets
      .filter((target) => target.child === child)
      .map(({ id }) => ({
        orchestrator: name,
        target: id,
        child,
        path: 'child',
        reason: `${child} is not deployed in ${stage.name}`,
      }));
  });
  // An orchestration may be a target of others, which it must not break either.
  const contract = contractIn(stage, name);
  const running = contract && asChild(stage, contract, deployed);
  const all = [...conflicts, ...(running?.conflicts ?? [])];
  return {
    ...{ name, kind: 'orchestrator', stage: stage.name, allowed: all.length === 0, conflicts: all },
    deployFirst: [
      ...firstForOrchestrator(stage, sender, conflicts, serves),
      ...(running?.deployFirst ?? []),
    ],
    checked: `${children.length} children that ${name} runs`,
  };
}

/** The contracts that are deployed: of children, and of orchestrations as targets of others. */
function servedBy({ children, orchestrators }: Deployed): Serves {
  return (name) =>
    children.find((each) => each.name === name)?.contract ??
    orchestrators.find((each) => each.name === name)?.contract;
}
