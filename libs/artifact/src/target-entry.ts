import type { Debug } from './debug.ts';
import type { Format } from './format.ts';

/** A target in the literal list of *Inject targets*: all that the machine knows of it. */
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
  /** Seconds that one attempt may take. */
  readonly timeout?: number;
  /** Which of the retry policies it has; the first, 0, where it is missing. */
  readonly retry?: number;
  /** The Map that it runs in; the first, 1, where it is missing. */
  readonly wave?: number;
  readonly dependsOn?: readonly string[];
  readonly references?: readonly ReferenceEntry[];
  /** Pointers into its child's output, for the references of others. */
  readonly provides?: readonly string[];
}

/** The value at pointer `from` of a target's output goes into the configuration, at pointer `at`. */
export interface ReferenceEntry {
  readonly at: string;
  readonly target: string;
  readonly from: string;
}

/** A target in the record of what is deployed, where no account or region is known. */
export type DeployedTarget = Omit<TargetEntry, 'stateMachineArn'>;

/** What a target sends to its child. */
export type SentTarget = Pick<
  TargetEntry,
  'id' | 'child' | 'configuration' | 'dependsOn' | 'references' | 'provides'
>;

/** What *Inject targets* puts into the execution's input, under `orchestration`. */
export interface Injected {
  readonly format: Exclude<Format, 1>;
  readonly targets: readonly TargetEntry[];
  readonly debug: InjectedDebug;
}

/** A stage's defaults for the switches of a run, each of them there. */
export type InjectedDebug = Required<Debug>;

/** Where the injected list stands in the execution's data. */
export const INJECTED = 'orchestration';
