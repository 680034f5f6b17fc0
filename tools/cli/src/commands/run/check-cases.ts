import type { Stage, StateMachine } from '@harmony/assembly';
import { targetsOf } from '@harmony/local';
import type { MockCases } from '../../options/mock-cases.ts';
import { UsageError } from '../../usage-error.ts';

/** @throws UsageError where a case is given for what is neither a target nor a state machine */
export function checkCases({ casesOf }: MockCases, machine: StateMachine, stage: Stage): void {
  if (casesOf === undefined) return;
  const targets = machine.orchestration === undefined ? [] : targetsOf(machine).map(({ id }) => id);
  const machines = stage.stateMachines.map(({ name, contract }) => contract?.name ?? name);
  const unknown = [...casesOf.keys()].find((name) => ![...targets, ...machines].includes(name));
  if (unknown === undefined) return;
  throw new UsageError(
    `--mocks names ${JSON.stringify(unknown)}, which is no target${targets.length > 0 ? ` (${targets.join(', ')})` : ''} and no state machine (${machines.join(', ')}).`,
  );
}
