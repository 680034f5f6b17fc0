export { conditionValue } from './condition.ts';
export {
  type Debug,
  DEBUG_SWITCHES,
  type DebugSwitch,
  debugSwitches,
  takesValue,
} from './debug.ts';
export type { Retrier, State, StateMachineDefinition } from './definition.ts';
export {
  type DeployedOrchestration,
  deployedOrchestration,
  readDeployedOrchestration,
} from './deployed-orchestration.ts';
export { ArtifactError, type ArtifactErrorCode } from './errors.ts';
export { FORMAT, type Format } from './format.ts';
export { METADATA } from './metadata.ts';
export {
  ON_TARGET_FAILURE,
  type OnTargetFailure,
  type OrchestrationDocument,
} from './orchestration-document.ts';
export { partitionOf, type Place, STAND_IN } from './place.ts';
export { readOrchestrator } from './read/read-orchestrator.ts';
export type { RenderedOrchestrator } from './read/rendered-orchestrator.ts';
export { readSentTargets } from './read/target-list.ts';
export { STATE, type StateAt, stateName, type StateRole } from './state-names.ts';
export {
  type DeployedTarget,
  INJECTED,
  type Injected,
  type InjectedDebug,
  type ReferenceEntry,
  type SentTarget,
  type TargetEntry,
} from './target-entry.ts';
