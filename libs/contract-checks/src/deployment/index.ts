export { awsSource } from './aws-source.ts';
export type { DeployVerdict } from './can-deploy.ts';
export { canDeploy } from './can-deploy.ts';
export { canDeployInOrder } from './can-deploy-in-order.ts';
export type { Conflict } from './conflicts.ts';
export { folderSource } from './folder-source.ts';
export type {
  Deployed,
  DeployedChild,
  DeployedOrchestrator,
  DeployedSource,
  RunningExecution,
} from './records.ts';
