import type { Debug } from '@harmony/artifact';
import type { StateMachine } from '@harmony/assembly';
import { targetsOf } from '@harmony/local';

/**
 * What is run, and what keeps a run from being whole: switches of the stage and of the run, targets
 * that their orchestration disables.
 */
export function firstLine(about: {
  readonly name: string;
  readonly stage: string;
  readonly machine: StateMachine;
  readonly stageSwitches: Debug;
  /** As the run's input has them. */
  readonly switches: Debug;
}): string {
  const { name, stage, machine, stageSwitches, switches } = about;
  const by = (key: keyof Debug): string =>
    switches[key] === undefined ? ` by stage ${stage}` : '';
  const { skipDelays, only, disable = [] } = { ...stageSwitches, ...switches };
  const disabled = targetsOf(machine).filter(({ disableTarget }) => disableTarget === true);
  const facts = [
    skipDelays === true && `delays are skipped${by('skipDelays')}`,
    only != null && `only ${only.join(', ')}${by('only')}`,
    disable.length > 0 && `without ${disable.join(', ')}${by('disable')}`,
    disabled.length > 0 && `disabled: ${disabled.map(({ id }) => id).join(', ')}`,
  ].filter((fact) => fact !== false);
  const where = stage === '' ? '' : `, stage ${stage}`;
  return `${name}${where}${facts.length === 0 ? '' : `: ${facts.join('; ')}`}`;
}
