import { renderedTargets, type Stage, type StateMachine, validateJson } from '@harmony/assembly';
import type { ContractDocument, JsonSchema } from '@harmony/contract';
import { validator } from '@harmony/contract/compatibility';
import { compareSchemas } from '@harmony/contract/schema';
import type { Deployed, DeployedTarget } from './records.ts';

/** One reason why a deployment would break a run. */
export interface Conflict {
  /** The orchestrator and, where one is meant, the target's id. */
  readonly orchestrator: string;
  readonly target?: string;
  readonly child: string;
  /** `configuration.thresholds[1]`, `payload.account`, `child`. */
  readonly path: string;
  readonly reason: string;
  /** A value that is or may be sent and that would be refused. */
  readonly counterexample?: unknown;
  /** ARN of the execution in flight that would break; absent for the deployed definition. */
  readonly execution?: string;
}

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

interface Sender {
  readonly orchestrator: string;
  readonly targets: readonly DeployedTarget[];
  readonly execution?: string;
  /** Whether the child accepts what is sent: of a schema what may be, of an execution what is. */
  payload(
    to: JsonSchema,
  ): { readonly path: string; readonly reason: string; readonly counterexample?: unknown }[];
}

/**
 * May `name` of the assembly go out to what the stage runs?
 *
 * A child: every deployed orchestrator that runs it, and each of their executions in flight, must
 * send what its new contract accepts. An orchestrator: every child it runs must be deployed and
 * accept what it sends.
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

function childVerdict(stage: Stage, contract: ContractDocument, deployed: Deployed): DeployVerdict {
  const { name } = contract;
  const senders = [...deployed.orchestrators.map(ofDeployed), ...deployed.running.map(ofRunning)];
  const conflicts = senders.flatMap((sender) => conflictsWith(sender, contract));
  const using = deployed.orchestrators.filter((each) => runs(each.targets, name));
  const inFlight = deployed.running.filter((each) => runs(each.targets, name));
  return {
    ...{ name, kind: 'child', stage: stage.name, allowed: conflicts.length === 0, conflicts },
    deployFirst: conflicts.length === 0 ? [] : firstForChild(stage, contract, conflicts, deployed),
    checked: `${using.length} deployed orchestrators and ${inFlight.length} executions in flight run ${name}`,
  };
}

function orchestratorVerdict(
  stage: Stage,
  machine: StateMachine,
  name: string,
  deployed: Deployed,
): DeployVerdict {
  const sender = ofAssembly(machine);
  const children = [...new Set(sender.targets.map(({ child }) => child))].sort();
  const conflicts = children.flatMap((child): Conflict[] => {
    const there = deployed.children.find((each) => each.name === child);
    if (there) return conflictsWith(sender, there.contract);
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
  return {
    ...{
      name,
      kind: 'orchestrator',
      stage: stage.name,
      allowed: conflicts.length === 0,
      conflicts,
    },
    deployFirst: firstForOrchestrator(stage, sender, conflicts),
    checked: `${children.length} children that ${name} runs`,
  };
}

function runs(targets: readonly DeployedTarget[], child: string): boolean {
  return targets.some((target) => target.child === child);
}

function ofDeployed({ name, payload, targets }: Deployed['orchestrators'][number]): Sender {
  return { orchestrator: name, targets, payload: (to) => mayRefuse(payload, to) };
}

function ofAssembly(machine: StateMachine): Sender {
  const { orchestration } = machine;
  const payload = orchestration?.payload ?? true;
  return {
    orchestrator: orchestration?.name ?? machine.name,
    targets: renderedTargets(machine) ?? [],
    payload: (to) => mayRefuse(payload, to),
  };
}

function ofRunning({
  orchestrator,
  targets,
  payload,
  executionArn,
}: Deployed['running'][number]): Sender {
  return {
    ...{ orchestrator, targets, execution: executionArn },
    payload: (to) =>
      validateJson({ schema: to, value: payload, path: 'payload' }).map(({ path, message }) => ({
        path,
        reason: message,
        counterexample: payload,
      })),
  };
}

/** The payload may hold more than it names, but an orchestrator's trigger sends what is declared. */
function mayRefuse(from: JsonSchema, to: JsonSchema) {
  return compareSchemas({ from, to, closedWorld: true, confirm: confirmed(from, to) }).map(
    ({ pointer, message, counterexample }) => ({
      path: `payload${pointer.replaceAll('/', '.')}`,
      reason: message,
      ...(counterexample === undefined ? {} : { counterexample }),
    }),
  );
}

function confirmed(from: JsonSchema, to: JsonSchema) {
  const [sends, accepts] = [validator(from), validator(to)];
  return (value: Parameters<typeof sends>[0]) => sends(value) && !accepts(value);
}

function conflictsWith(sender: Sender, contract: ContractDocument): Conflict[] {
  const { orchestrator, execution } = sender;
  const place = {
    orchestrator,
    child: contract.name,
    ...(execution === undefined ? {} : { execution }),
  };
  const targets = sender.targets.filter(({ child }) => child === contract.name);
  if (targets.length === 0) return [];
  return [
    ...targets.flatMap(({ id, configuration }) =>
      validateJson({
        schema: contract.configuration,
        value: configuration,
        path: 'configuration',
      }).map(({ path, message }) => ({
        ...place,
        target: id,
        path,
        reason: message,
        counterexample: configuration,
      })),
    ),
    // The payload is the same for all targets: one conflict, not one for each.
    ...sender.payload(contract.payload).map((found) => ({ ...place, ...found })),
  ];
}

function firstForChild(
  stage: Stage,
  contract: ContractDocument,
  conflicts: readonly Conflict[],
  deployed: Deployed,
): string[] {
  const { name } = contract;
  const old = deployed.children.find((child) => child.name === name)?.contract;
  const steps: string[] = [];
  const inFlight = new Set(conflicts.flatMap(({ execution }) => execution ?? []));
  const orchestrators = new Set(
    conflicts.filter(({ execution }) => execution === undefined).map((each) => each.orchestrator),
  );
  for (const orchestrator of orchestrators) {
    const machine = stage.stateMachines.find((each) => each.orchestration?.name === orchestrator);
    const next = machine && ofAssembly(machine);
    const fits = (to: ContractDocument | undefined) =>
      next !== undefined && (to === undefined || conflictsWith(next, to).length === 0);
    if (next && fits(contract) && fits(old)) {
      steps.push(
        `Deploy ${orchestrator} first: its version in this assembly fits ${name} as it is and as it will be.`,
      );
    } else {
      steps.push(
        `Expand before you contract: let ${name} accept what ${orchestrator} sends today, deploy it, then move ${orchestrator}; or serve the change as a new major version beside it (docs/contracts.md).`,
      );
    }
  }
  if (inFlight.size > 0) {
    steps.push(
      `Wait until ${inFlight.size === 1 ? 'the execution' : `the ${inFlight.size} executions`} in flight named above ended: each keeps the definition it started with.`,
    );
  }
  return steps;
}

function firstForOrchestrator(
  stage: Stage,
  sender: Sender,
  conflicts: readonly Conflict[],
): string[] {
  return [...new Set(conflicts.map(({ child }) => child))].map((child) => {
    const next = stage.stateMachines.find(({ contract }) => contract?.name === child)?.contract;
    if (next && conflictsWith(sender, next).length === 0) {
      return `Deploy ${child} first: its version in this assembly accepts what ${sender.orchestrator} sends.`;
    }
    return `Change the targets of ${child} or its contract: not even the version of ${child} in this assembly accepts what ${sender.orchestrator} sends.`;
  });
}
