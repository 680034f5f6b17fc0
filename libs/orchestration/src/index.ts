export { defineOrchestration } from './define-orchestration.ts';
export type { OrchestrationErrorCode } from './errors.ts';
export { OrchestrationError } from './errors.ts';
export type {
  Debug,
  OnTargetFailure,
  Orchestration,
  OrchestrationDocument,
} from './orchestration.ts';
export type { Injected, State, StateMachineDefinition, TargetEntry } from './render/definition.ts';
export type { DebugDefaults, RenderOptions } from './render/render-orchestrator.ts';
export { renderOrchestrator } from './render/render-orchestrator.ts';
export type { Target, TargetOptions } from './target.ts';
export { target } from './target.ts';
