export { Engine } from './engine.ts';
export { Exchange } from './core/exchange.ts';
export { StateMachines } from './core/registry.ts';
export { virtualClock } from './clock/virtual.ts';
export { realClock } from './clock/real.ts';
export { EngineError } from './engine-error.ts';
export { InvalidDefinition } from './invalid-definition.ts';
export { awsLimits } from './limits.ts';
export { validateDefinition } from './validate/definition.ts';
export { isValidName } from './name.ts';
export { endingOf } from './history/ending.ts';
export { StatesError } from './errors.ts';
export { TaskFailure } from './task-failure.ts';
export type { PlaceKind, Reach } from './reach.ts';
export type { Clock } from './clock/clock.ts';
export type { ActivityTask } from './core/activity-queues.ts';
export type { EngineErrorCode } from './engine-error.ts';
export type { Limits } from './limits.ts';
export type { Diagnostic } from './validate/diagnostic.ts';
export type { HistoryEvent, HistoryEventType } from './history/events.ts';
export type { Json, JsonObject } from './json.ts';
export type { ObjectStore, ObjectSummary } from './object-store.ts';
export type {
  InspectionData,
  InspectionLevel,
  TestStateConfiguration,
  TestStateMock,
  TestStateOptions,
  TestStateResult,
} from './test-state/options.ts';
export type { EngineOptions } from './engine-options.ts';
export type {
  Execution,
  ExecutionEvent,
  ExecutionResult,
  ExecutionStatus,
  RunTask,
  StalledReport,
  StartExecutionOptions,
  StateMachineDefinition,
  StateMachineOptions,
  StateMachineType,
  TaskRequest,
} from './types.ts';
