export { contractOf } from './contract-of.ts';
export { defineOrchestration } from './define-orchestration.ts';
export type { OrchestrationErrorCode } from './errors.ts';
export { OrchestrationError } from './errors.ts';
export type {
  Debug,
  OnTargetFailure,
  Orchestration,
  OrchestrationDocument,
  PlannedTarget,
} from './orchestration.ts';
export type { Reference, ReferenceTo } from './reference.ts';
export { outputOf } from './reference.ts';
export type { Injected, State, StateMachineDefinition, TargetEntry } from './render/definition.ts';
export type { DebugDefaults, RenderOptions } from './render/render-orchestrator.ts';
export { renderOrchestrator } from './render/render-orchestrator.ts';
export type { RetryPolicy } from './retry.ts';
export { START_FAILURES } from './retry.ts';
export type { DelayUntil, Target, TargetOptions } from './target.ts';
export { target } from './target.ts';
