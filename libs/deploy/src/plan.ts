/** Why a stack is deployed: a changed file, and how it reaches the stack. */
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
  readonly kind: 'shared' | 'child' | 'orchestrator';
  /** The children that an orchestrator starts, planned or not; none for a child. */
  readonly uses: readonly string[];
  /** One reason per changed file, at most; none where everything is deployed. */
  readonly because: readonly Reason[];
}

/** What to deploy of one stage, and in which order. */
export interface StagePlan {
  readonly stage: string;
  /** What is shared, then children, then orchestrators; a wave without stacks is left out. Stacks in one are independent. */
  readonly waves: readonly (readonly PlannedStack[])[];
  /** Names of the stacks that no change reaches. */
  readonly unaffected: readonly string[];
}

/** A contract whose own files changed. */
export interface ChangedContract {
  readonly name: string;
  readonly files: readonly string[];
}

/** A workflow whose definition is gone; its stack stays until someone deletes it. */
export interface RemovedStack {
  readonly name: string;
  readonly file: string;
}

export interface DeployPlan {
  /** The commit that the workspace is compared with; nothing where everything is deployed. */
  readonly base?: string;
  readonly contracts: readonly ChangedContract[];
  readonly removed: readonly RemovedStack[];
  readonly stages: readonly StagePlan[];
}
