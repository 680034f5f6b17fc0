export { definitionFile } from './asl.ts';
export {
  ChildWorkflow,
  type ChildWorkflowProps,
  type WildcardPermission,
} from './child-workflow.ts';
export { ConstructError, type ConstructErrorCode } from './errors.ts';
export { loadStacks } from './load-stacks.ts';
export { Orchestrator, type OrchestratorProps } from './orchestrator.ts';
export { SharedResources, type SharedResourcesProps } from './shared-resources.ts';
export {
  type StageEnv,
  type StageSettings,
  testStage,
  type WorkflowProps,
} from './stage/settings.ts';
export { type StackBuilder, synthesise, type SynthesisOptions } from './synthesise.ts';
