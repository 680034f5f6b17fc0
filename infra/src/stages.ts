import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { StageSettings } from '@harmony/constructs';

/** Each deployment of everything. A stage's name is the prefix of every name in it. */
export const stages: readonly StageSettings[] = [
  {
    name: 'dev',
    debug: { skipDelays: true },
    // It writes to a bucket; a run that is meant to says  "debug": { "disable": [] }.
    disabledTargets: { 'account-review': ['tag-compliance'] },
    includeExecutionData: true,
    logRetention: RetentionDays.ONE_WEEK,
  },
  {
    name: 'prod',
    protect: true,
    debug: {},
    // Inputs and outputs name accounts and users; in prod they stay in the executions' history.
    includeExecutionData: false,
    logRetention: RetentionDays.ONE_YEAR,
  },
];
