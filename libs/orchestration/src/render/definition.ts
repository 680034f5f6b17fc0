/** One state in Amazon States Language. */
export interface State {
  readonly Type: string;
  readonly [field: string]: unknown;
}

/** A state machine in Amazon States Language, as plain JSON. */
export interface StateMachineDefinition {
  readonly Comment: string;
  readonly QueryLanguage: 'JSONPath';
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** An entry of the literal list in *Inject targets*: all the machine knows of a target. */
export interface TargetEntry {
  readonly id: string;
  readonly child: string;
  readonly stateMachineArn: string;
  readonly configuration: unknown;
  /** Seconds, above 0. */
  readonly delay?: number;
  readonly disableTarget?: true;
  readonly keepOutput?: true;
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

/** Names of the rendered states: they appear in histories, in the console and in messages. */
export const STATE = {
  inject: 'Inject targets',
  checkDebug: 'Check debug',
  invalidInput: 'Invalid input',
  unknownTarget: 'Unknown target',
  run: 'Run targets',
  decide: 'Skip, delay or execute',
  skip: 'Skip',
  delay: 'Delay',
  execute: 'Execute',
  recordFailure: 'Record failure',
  summarise: 'Summarise',
  anyFailed: 'Any target failed',
  failed: 'Targets failed',
  succeeded: 'Targets succeeded',
} as const;

/** A state that evaluates JSONata, in a machine that as a whole does not. */
export function jsonataState(type: string, fields: Record<string, unknown>): State {
  return { Type: type, QueryLanguage: 'JSONata', ...fields };
}

/** A JSONata expression as a field's value, on one line. */
export function expression(jsonata: string): string {
  return `{% ${jsonata.replaceAll(/\s*\n\s*/g, ' ').trim()} %}`;
}
