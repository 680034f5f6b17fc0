import type { Retrier } from '../retry.ts';

/** One state in Amazon States Language. */
export interface State {
  readonly Type: string;
  readonly [field: string]: unknown;
}

/** A state machine in Amazon States Language, as plain JSON. */
export interface StateMachineDefinition {
  readonly Comment: string;
  readonly QueryLanguage: 'JSONPath';
  /** Seconds. */
  readonly TimeoutSeconds: number;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** An entry of the literal list in *Inject targets*: all the machine knows of a target. */
export interface TargetEntry {
  readonly id: string;
  readonly child: string;
  readonly stateMachineArn: string;
  /** `null` where a reference puts its value in. */
  readonly configuration: unknown;
  /** Seconds, above 0. */
  readonly delay?: number;
  /** The path in the payload of the moment to wait for. */
  readonly delayUntil?: string;
  readonly disableTarget?: true;
  readonly keepOutput?: true;
  /** The name of its condition in the variable `conditions`. */
  readonly when?: string;
  /** Seconds. */
  readonly timeout?: number;
  /** Which of the retry policies it has; the first where it is missing. */
  readonly retry?: number;
  /** The first where it is missing. */
  readonly wave?: number;
  readonly dependsOn?: readonly string[];
  readonly references?: readonly ReferenceEntry[];
  /** Pointers into its child's output, for the references of others. */
  readonly provides?: readonly string[];
}

/** The value at pointer `from` of a target's output goes into the configuration, at `at`. */
export interface ReferenceEntry {
  readonly at: string;
  readonly target: string;
  readonly from: string;
}

/** What *Inject targets* puts into the execution's input, under `orchestration`. */
export interface Injected {
  readonly targets: readonly TargetEntry[];
  readonly debug: {
    readonly skipDelays: boolean;
    readonly only: readonly string[] | null;
    readonly disable: readonly string[];
  };
}

/** What the states are rendered from: the entries, and what several of them share. */
export interface Plan {
  readonly entries: readonly TargetEntry[];
  /** Retry policies by number, the most common first. */
  readonly policies: readonly (readonly Retrier[])[];
  /** Condition texts by name. */
  readonly conditions: ReadonlyMap<string, string>;
  /** Paths of moments in the payload. */
  readonly moments: readonly string[];
  /** How many Maps run one after the other; at least 1. */
  readonly waves: number;
}

/** Names of the rendered states: they appear in histories, in the console and in messages. */
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
  summarise: 'Summarise',
  anyFailed: 'Any target failed',
  failed: 'Targets failed',
  succeeded: 'Targets succeeded',
} as const;

/**
 * A state's name in one wave, for one retry policy: `Execute`, `Execute (wave 2)`,
 * `Execute (retry 2, wave 2)`. Names are unique in a whole state machine, its Maps included.
 */
export function stateName(base: string, { wave = 1, policy = 0 } = {}): string {
  const parts = [
    ...(policy > 0 ? [`retry ${policy + 1}`] : []),
    ...(wave > 1 ? [`wave ${wave}`] : []),
  ];
  return parts.length === 0 ? base : `${base} (${parts.join(', ')})`;
}

/** The name without wave and policy; '' for none. */
export function baseName(name: string | undefined): string {
  return (name ?? '').replace(/ \((?:retry|wave) [^)]*\)$/, '');
}

/** The wave in a state's name. */
export function waveIn(name: string): number {
  return Number(/\bwave (\d+)\)$/.exec(name)?.[1] ?? 1);
}

/** A state that evaluates JSONata, in a machine that as a whole does not. */
export function jsonataState(type: string, fields: Record<string, unknown>): State {
  return { Type: type, QueryLanguage: 'JSONata', ...fields };
}

/** A JSONata expression as a field's value, on one line. */
export function expression(jsonata: string): string {
  return `{% ${jsonata.replaceAll(/\s*\n\s*/g, ' ').trim()} %}`;
}
