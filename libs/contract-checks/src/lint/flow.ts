import type { AwsModels } from '@harmony/aws-calls';
import type { Fact } from './fact.ts';
import type { Reporter } from './reporter.ts';

export type Language = 'JSONPath' | 'JSONata';
export type Variables = ReadonlyMap<string, Fact>;
export type StateJson = { readonly [field: string]: unknown };

/** A state machine, a Map's processor or a Parallel's branch. */
export interface Flow {
  readonly value: StateJson;
  readonly pointer: string;
  readonly language: Language;
  readonly context: Fact;
  readonly reporter: Reporter;
  /** The contract's output form, which *Check input* gives. */
  readonly checked: Fact;
  /** What AWS says of calls; absent where nobody asks it. */
  readonly models?: AwsModels | undefined;
  /** Works out a flow inside of a state: an iteration, a branch. */
  readonly run: RunFlow;
}

/** @returns what the flow puts out */
export type RunFlow = (flow: Flow, input: Fact, variables: Variables) => Fact;

/** Where a state leads, and with what. */
export interface Exit {
  /** Absent at an end. */
  readonly next?: string;
  readonly output: Fact;
  readonly variables: Variables;
}

/** One state with what reaches it. */
export interface StateVisit {
  readonly flow: Flow;
  readonly name: string;
  readonly state: StateJson;
  readonly pointer: string;
  readonly input: Fact;
  readonly variables: Variables;
}
