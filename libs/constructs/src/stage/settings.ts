import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Debug } from '@harmony/artifact';

/** One deployment of everything. Stages differ in these settings only; the code is the same. */
export interface StageSettings {
  /** `dev`, `prod`: the CDK stage's id and the prefix of every name in it. */
  readonly name: string;
  /**
   * Where it is deployed. With it CDK refuses credentials of another account, and checks and local
   * runs see it in place of a stand-in.
   */
  readonly env?: StageEnv;
  /**
   * For a stage whose loss would hurt: stacks refuse to be deleted, and logs, topics and buckets
   * outlive their stacks. Default: false.
   */
  readonly protect?: boolean;
  /** The orchestrators' debug defaults; an execution's own `debug` replaces them key by key. */
  readonly debug: Debug;
  /** Target ids disabled in this stage, by orchestration name; they become its `debug.disable`. */
  readonly disabledTargets?: Readonly<Record<string, readonly string[]>>;
  /** Whether the state machines' logs hold inputs and outputs, which may be confidential. */
  readonly includeExecutionData: boolean;
  readonly logRetention: RetentionDays;
  /** Whether state machines and functions send traces to X-Ray, which charges for them. Default: true. */
  readonly tracing?: boolean;
  /** The managed policy, by name or ARN, that bounds every role of the stage. */
  readonly permissionsBoundary?: string;
  /** On every stack, and by CloudFormation on every resource in it: team, cost centre. */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * The ARN of a symmetric KMS key of the stage's account and region, for state machines, logs and
   * the shared topics and buckets. What its key policy must say: docs/deploying.md.
   */
  readonly kmsKeyArn?: string;
}

export interface StageEnv {
  /** Twelve digits. */
  readonly account?: string;
  readonly region?: string;
}

/** What every workflow construct is given, a child's own class included. */
export interface WorkflowProps {
  readonly stage: StageSettings;
}

/** The stage a child's own tests synthesise: named `dev`, with nothing skipped or disabled. */
export const testStage: StageSettings = {
  name: 'dev',
  debug: {},
  includeExecutionData: true,
  logRetention: RetentionDays.ONE_WEEK,
};
