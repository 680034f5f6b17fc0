export { awsSource } from './aws-source.ts';
export type { Conflict, DeployVerdict } from './can-deploy.ts';
export { canDeploy } from './can-deploy.ts';
export { folderSource } from './folder-source.ts';
export type {
  Deployed,
  DeployedChild,
  DeployedOrchestrator,
  DeployedSource,
  DeployedTarget,
  RunningExecution,
} from './records.ts';
