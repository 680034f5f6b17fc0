import type { Difference } from './content.ts';

/** A changed file, and how it reaches the stack. */
export interface Reason {
  /** Relative to the workspace. */
  readonly file: string;
  /** Projects from the one that holds the file to the one that makes the stack; may be one and the same. */
  readonly path: readonly string[];
}

export interface PlannedStack {
  /** Its name in the assembly, which is the workflow's: `billing-alerts`. */
  readonly name: string;
  /** How the CDK CLI selects it: `prod/billing-alerts`. */
  readonly selector: string;
  /** `shared` holds no workflow. */
  readonly kind: 'child' | 'orchestrator' | 'shared';
  /** The stacks that it starts or otherwise uses, planned or not. */
  readonly uses: readonly string[];
  /** The planned ones among those, and among what they use in turn: none of them may fail before it. */
  readonly after: readonly string[];
  /** What it changes; nothing where everything is deployed, whatever is there. */
  readonly differs: readonly Difference[];
  /** The changed files behind that, as far as the project graph knows them. */
  readonly because: readonly Reason[];
}

/** What to deploy of one stage, and in which order. */
export interface StagePlan {
  readonly stage: string;
  /** Each wave uses only what went before; stacks in one are independent. */
  readonly waves: readonly (readonly PlannedStack[])[];
  /** Names of the stacks that would not change. */
  readonly unaffected: readonly string[];
}

/** A contract whose own files changed. */
export interface ChangedContract {
  readonly name: string;
  readonly files: readonly string[];
}

/** A stack that is in what was compared with and no longer in the assembly; it stays until someone destroys it. */
export interface RemovedStack {
  readonly stage: string;
  readonly name: string;
}

export interface DeployPlan {
  /** What the assembly was compared with: `what prod runs`, `commit 0123456789ab`; nothing for everything. */
  readonly against?: string;
  /** The commit behind the changed files, where it is known. */
  readonly base?: string;
  readonly contracts: readonly ChangedContract[];
  readonly removed: readonly RemovedStack[];
  readonly stages: readonly StagePlan[];
}
