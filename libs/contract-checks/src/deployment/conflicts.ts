import type { StateMachine } from '@harmony/assembly';
import { type SentTarget } from '@harmony/artifact';
import { validateJson } from '@harmony/schema/validate';
import type { JsonSchema } from '@harmony/schema';
import { compareSchemas } from '@harmony/schema/compare';
import { findingsOn, isConcerned, type Serves } from '../concerned.ts';
import { renderedBy } from '../rendered.ts';
import type { Deployed, ReadableExecution } from './records.ts';

/** One reason why a deployment would break a run. */
export interface Conflict {
  /** The orchestrator and, where one is meant, the target's id. */
  readonly orchestrator: string;
  readonly target?: string;
  /** The child that the target runs. */
  readonly child: string;
  /** `configuration.thresholds[1]`, `payload.account`, `child`. */
  readonly path: string;
  readonly reason: string;
  /** A value that is or may be sent and that would be refused. */
  readonly counterexample?: unknown;
  /** ARN of the execution in flight that would break; absent for the deployed definition. */
  readonly execution?: string;
}

/** An orchestrator as it is deployed, as it would be, or as an execution in flight keeps it. */
export interface Sender {
  readonly orchestrator: string;
  readonly targets: readonly SentTarget[];
  readonly execution?: string;
  /** Why the child might refuse what is sent: of a schema what may be, of an execution what is. */
  payload(
    to: JsonSchema,
  ): { readonly path: string; readonly reason: string; readonly counterexample?: unknown }[];
}

export function ofDeployed({ name, payload, targets }: Deployed['orchestrators'][number]): Sender {
  return { orchestrator: name, targets, payload: (to) => mayRefuse(payload, to) };
}

export function ofAssembly(machine: StateMachine): Sender {
  const { orchestration } = machine;
  const payload = orchestration?.payload ?? true;
  return {
    orchestrator: orchestration?.name ?? machine.name,
    targets: renderedBy(machine).targets,
    payload: (to) => mayRefuse(payload, to),
  };
}

export function ofRunning({
  orchestrator,
  targets,
  payload,
  executionArn,
}: ReadableExecution): Sender {
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
  return compareSchemas({ from, to, closedWorld: true }).map(
    ({ pointer, message, counterexample }) => ({
      path: `payload${pointer.replaceAll('/', '.')}`,
      reason: message,
      ...(counterexample === undefined ? {} : { counterexample }),
    }),
  );
}

/** Does the sender run the child `name`? */
export function runs({ targets }: Pick<Sender, 'targets'>, name: string): boolean {
  return targets.some(({ child }) => child === name);
}

/** What the child `name` would refuse of what the sender's targets of it send. */
export function refusals(sender: Sender, name: string, serves: Serves): Conflict[] {
  const contract = serves(name);
  if (contract === undefined || !runs(sender, name)) return [];
  return [
    ...configurations(sender, name, serves).filter(({ child }) => child === name),
    // The payload is the same for all targets: one conflict, not one for each.
    ...sender
      .payload(contract.payload)
      .map((found) => ({ ...placeOf(sender), child: name, ...found })),
  ];
}

/** The same, and what other children would be given of the output of `name`, and refuse. */
export function conflictsWith(sender: Sender, name: string, serves: Serves): Conflict[] {
  return [
    ...refusals(sender, name, serves),
    ...configurations(sender, name, serves).filter(({ child }) => child !== name),
  ];
}

function configurations(sender: Sender, name: string, serves: Serves): Conflict[] {
  const { targets } = sender;
  return targets
    .filter((target) => isConcerned(target, name, targets))
    .flatMap((target) =>
      findingsOn(name, target, targets, serves).map(({ path, reason, counterexample }) => ({
        ...placeOf(sender),
        ...{ child: target.child, target: target.id, path, reason },
        ...(counterexample === undefined ? {} : { counterexample }),
      })),
    );
}

function placeOf({ orchestrator, execution }: Sender) {
  return { orchestrator, ...(execution === undefined ? {} : { execution }) };
}

/** Children that give a target of `name` a value, or take one from it. */
export function partnersOf({ targets }: Sender, name: string): string[] {
  const linked = targets.flatMap(({ child, references = [] }) =>
    references.flatMap((reference) => {
      const provider = targets.find(({ id }) => id === reference.target)?.child;
      if (provider === undefined || (child !== name && provider !== name)) return [];
      return [child, provider];
    }),
  );
  return [...new Set(linked)].filter((child) => child !== name);
}
