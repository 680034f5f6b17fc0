export { baseAssembly, type BaseAssembly, type BaseAssemblyOptions } from './base-assembly.ts';
export { cdkDeploy, cdkDestroy, type CdkOptions } from './cdk.ts';
export { type Change, changesSince, commitOf, isAncestor, isModified } from './changes.ts';
export type { Difference, StackContent } from './content.ts';
export { type Deployment, type DeploymentLog, logged } from './deployment-log.ts';
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
export {
  type Comparison,
  planDeployment,
  type PlanOptions,
  type StageStacks,
} from './plan-deployment.ts';
export type { Project, ProjectGraph } from './project-graph.ts';
export { readProjectGraph } from './read-project-graph.ts';
export { contentOf, shortName, type Stack, stacksOf } from './stacks.ts';
export { type StageAccount, stageInAws } from './stage-account.ts';
export { lossesOf, type Losses, type LongestWait } from './removal.ts';
export { assemblyWithOnly } from './removed-assembly.ts';
export { stackToRemove, stopExecutions } from './stack-to-remove.ts';
export type { RunningMachine, StackToRemove } from './deployed-stack.ts';
