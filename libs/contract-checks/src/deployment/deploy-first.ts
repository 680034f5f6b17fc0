import { contractIn, type Stage, type TargetContract } from '@harmony/assembly';
import type { Serves } from '../concerned.ts';
import {
  type Conflict,
  conflictsWith,
  ofAssembly,
  partnersOf,
  refusals,
  type Sender,
} from './conflicts.ts';

/** What is served when some of the contracts are others. */
export function replacing(
  serves: Serves,
  replaced: Readonly<Record<string, TargetContract | undefined>>,
): Serves {
  return (name) => (Object.hasOwn(replaced, name) ? replaced[name] : serves(name));
}

/**
 * What lets a child go out that conflicts with what is there, in order.
 * @param serves what the stage serves now
 */
export function firstForChild(
  stage: Stage,
  contract: TargetContract,
  conflicts: readonly Conflict[],
  senders: readonly Sender[],
  serves: Serves,
): string[] {
  const steps = senders
    .filter(({ orchestrator, execution }) =>
      conflicts.some(
        (each) => each.orchestrator === orchestrator && (each.execution ?? execution) === undefined,
      ),
    )
    .map((sender) => firstForSender(stage, contract, sender, serves));
  const inFlight = new Set(conflicts.flatMap(({ execution }) => execution ?? []));
  if (inFlight.size > 0) {
    steps.push(
      `Wait for ${inFlight.size === 1 ? 'the execution' : `the ${inFlight.size} executions`} in flight named above to end: each keeps the definition it started with.`,
    );
  }
  return [...new Set(steps)];
}

/** What goes first must fit the child as it is, and as it will be. */
function firstForSender(
  stage: Stage,
  contract: TargetContract,
  sender: Sender,
  serves: Serves,
): string {
  const { name } = contract;
  const { orchestrator } = sender;
  const fits = (candidate: Sender, more: Readonly<Record<string, TargetContract | undefined>>) =>
    [serves, replacing(serves, { [name]: contract })].every((each) =>
      [name, ...Object.keys(more)].every(
        (child) => conflictsWith(candidate, child, replacing(each, more)).length === 0,
      ),
    );
  const machine = stage.stateMachines.find((each) => each.orchestration?.name === orchestrator);
  if (machine && fits(ofAssembly(machine), {})) {
    return `Deploy ${orchestrator} first: its version in this assembly fits ${name} as it is and as it will be.`;
  }
  const partner = partnersOf(sender, name).find((child) => {
    const next = contractIn(stage, child);
    return next !== undefined && fits(sender, { [child]: next });
  });
  if (partner !== undefined) {
    return `Deploy ${partner} first: its version in this assembly fits ${name} as it is and as it will be.`;
  }
  return `Expand before you contract: let ${name} accept what ${orchestrator} sends today and give what its targets take, deploy it, then move ${orchestrator}; or serve the change as a new major version beside it (docs/contracts.md).`;
}

/** Which children let an orchestrator go out that conflicts with those that are there. */
export function firstForOrchestrator(
  stage: Stage,
  sender: Sender,
  conflicts: readonly Conflict[],
  serves: Serves,
): string[] {
  const { orchestrator } = sender;
  const steps = [...new Set(conflicts.map(({ child }) => child))].flatMap((child) => {
    const linked = [child, ...partnersOf(sender, child)];
    const isEnough = (going: readonly string[]) => {
      const next = going.map((name) => [name, contractIn(stage, name)] as const);
      if (next.some(([, contract]) => contract === undefined)) return false;
      return refusals(sender, child, replacing(serves, Object.fromEntries(next))).length === 0;
    };
    const going = [...linked.map((name) => [name]), linked].find(isEnough);
    if (going === undefined) {
      return `Change the targets of ${child} or its contract: not even the version of ${linked.join(' and ')} in this assembly accepts what ${orchestrator} sends.`;
    }
    return going.map((name) =>
      name === child
        ? `Deploy ${name} first: its version in this assembly accepts what ${orchestrator} sends.`
        : `Deploy ${name} first: its version in this assembly gives what the targets of ${child} take.`,
    );
  });
  return [...new Set(steps)];
}
