import type { Format } from './format.ts';

/**
 * Names of the rendered states: they appear in histories, in the console and in messages. Renaming
 * one here renames it everywhere; where a format is deployed already, that makes a new format,
 * and the old names move to `FORMER`.
 */
export const STATE = {
  inject: 'Inject targets',
  checkDebug: 'Check debug',
  invalidInput: 'Invalid input',
  unknownTarget: 'Unknown target',
  run: 'Run targets',
  decide: 'Skip, delay or execute',
  skip: 'Skip',
  blocked: 'Blocked',
  delay: 'Delay',
  delayUntil: 'Delay until',
  execute: 'Execute',
  recordFailure: 'Record failure',
  readCause: 'Read cause',
  recordText: 'Record text',
  summarise: 'Summarise',
  anyFailed: 'Any target failed',
  failed: 'Targets failed',
  succeeded: 'Targets succeeded',
} as const;

/** What a state is for, whatever it is called in its format. */
export type StateRole = keyof typeof STATE;

/** The names of format 1, which never change again. */
const FORMER: Readonly<Record<1, Readonly<Partial<Record<StateRole, string>>>>> = {
  1: {
    inject: 'Inject targets',
    checkDebug: 'Check debug',
    invalidInput: 'Invalid input',
    unknownTarget: 'Unknown target',
    run: 'Run targets',
    decide: 'Skip, delay or execute',
    skip: 'Skip',
    blocked: 'Blocked',
    delay: 'Delay',
    delayUntil: 'Delay until',
    execute: 'Execute',
    recordFailure: 'Record failure',
    summarise: 'Summarise',
    anyFailed: 'Any target failed',
    failed: 'Targets failed',
    succeeded: 'Targets succeeded',
  },
};

/** What the states of a format are called. */
export function namesOf(format: Format): Readonly<Partial<Record<StateRole, string>>> {
  return format === 1 ? FORMER[1] : STATE;
}

/** Where a state that is rendered more than once stands: its wave and its retry policy. */
export interface Place {
  /** From 1. */
  readonly wave: number;
  /** From 0. */
  readonly policy: number;
}

/**
 * A state's name in one wave, for one retry policy: `Execute`, `Execute (wave 2)`,
 * `Execute (retry 2, wave 2)`. Names are unique in a whole state machine, its Maps included.
 */
export function stateName(base: string, { wave = 1, policy = 0 }: Partial<Place> = {}): string {
  const parts = [
    ...(policy > 0 ? [`retry ${policy + 1}`] : []),
    ...(wave > 1 ? [`wave ${wave}`] : []),
  ];
  return parts.length === 0 ? base : `${base} (${parts.join(', ')})`;
}

/** A state of a rendered orchestrator, read from its name. */
export interface StateAt extends Place {
  readonly role: StateRole;
}

const PLACE = / \((?:retry (\d+))?(?:, )?(?:wave (\d+))?\)$/;

/** Reads what `stateName` wrote; undefined for a name that the format does not have. */
export function stateNamed(name: string, format: Format): StateAt | undefined {
  const [suffix = '', retry = '1', wave = '1'] = PLACE.exec(name) ?? [];
  const base = name.slice(0, name.length - suffix.length);
  const place = { wave: Number(wave), policy: Number(retry) - 1 };
  const roles = Object.entries(namesOf(format)) as [StateRole, string][];
  const role = roles.find(([, own]) => own === base)?.[0];
  return role === undefined || stateName(base, place) !== name ? undefined : { role, ...place };
}
