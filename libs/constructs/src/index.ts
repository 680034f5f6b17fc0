export { definitionFile } from './asl.ts';
export {
  ChildWorkflow,
  type ChildWorkflowProps,
  type WildcardPermission,
} from './child-workflow.ts';
export { ConstructError, type ConstructErrorCode } from './errors.ts';
export { loadStacks } from './load-stacks.ts';
export { Orchestrator, type OrchestratorProps } from './orchestrator.ts';
export { type StageSettings, testStage, type WorkflowProps } from './stage.ts';
export { type StackBuilder, synthesise, type SynthesisOptions } from './synthesise.ts';
