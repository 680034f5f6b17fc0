import { type TargetContract } from '@harmony/assembly';
import {
  checkConfiguration,
  checkReferences,
  type ConfigurationFinding,
} from '@harmony/artifact/rules';
import { type SentTarget } from '@harmony/artifact';

/** The contract that is served under a name; undefined where none is. */
export type Serves = (name: string) => TargetContract | undefined;

/** Does the contract `name` concern the target: does it run that child, or take from its output? */
export function isConcerned(
  target: SentTarget,
  name: string,
  targets: readonly SentTarget[],
): boolean {
  return target.child === name || takenFrom(target, name, targets).length > 0;
}

/**
 * What is wrong with a target's configuration that the contract `name` has a part in: all of it
 * where the target runs that child, else the values that it takes from the child's output.
 */
export function findingsOn(
  name: string,
  target: SentTarget,
  targets: readonly SentTarget[],
  serves: Serves,
): ConfigurationFinding[] {
  const contract = serves(target.child);
  if (contract === undefined) return [notKnown(target)];
  const providers = { targets, output: (child: string) => serves(child)?.output };
  if (target.child === name) return checkConfiguration(target, contract, providers);
  const references = takenFrom(target, name, targets);
  return checkReferences({ ...target, references }, contract, providers);
}

/** Whether a target fits what nobody can show isn't known: it never reads as nothing found. */
function notKnown({ child }: SentTarget): ConfigurationFinding {
  return {
    ...{ code: 'REFERENCE', verdict: 'unknown', path: 'child' },
    reason: `the contract of ${child} isn't known, so what it takes can't be checked`,
  };
}

function takenFrom(target: SentTarget, name: string, targets: readonly SentTarget[]) {
  const ids = new Set(targets.filter(({ child }) => child === name).map(({ id }) => id));
  return (target.references ?? []).filter((reference) => ids.has(reference.target));
}
