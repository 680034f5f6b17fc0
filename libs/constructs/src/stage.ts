import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Debug } from '@harmony/artifact';

/** One deployment of everything. Stages differ in these settings only; the code is the same. */
export interface StageSettings {
  /** `dev`, `prod`: the CDK stage's id and the prefix of every name in it. */
  readonly name: string;
  /** The orchestrators' debug defaults; an execution's own `debug` replaces them key by key. */
  readonly debug: Debug;
  /** Target ids disabled in this stage, by orchestration name; they become its `debug.disable`. */
  readonly disabledTargets?: Readonly<Record<string, readonly string[]>>;
  /** Whether the state machines' logs hold inputs and outputs, which may be confidential. */
  readonly includeExecutionData: boolean;
  readonly logRetention: RetentionDays;
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
