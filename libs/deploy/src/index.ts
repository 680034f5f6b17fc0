export { cdkDeploy, type CdkOptions } from './cdk.ts';
export { changesSince } from './changes.ts';
export { DeployError, type DeployErrorCode } from './errors.ts';
export {
  type DeployEvent,
  type DeployStack,
  executePlan,
  type ExecuteOptions,
  type StackOutcome,
} from './execute-plan.ts';
export type {
  ChangedContract,
  DeployPlan,
  PlannedStack,
  Reason,
  RemovedStack,
  StagePlan,
} from './plan.ts';
export { type Change, planDeployment, type PlanOptions } from './plan-deployment.ts';
export type { Project, ProjectGraph } from './project-graph.ts';
export { readProjectGraph } from './read-project-graph.ts';
