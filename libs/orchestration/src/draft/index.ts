export { draftOrchestration, type OrchestrationDraft } from './draft-orchestration.ts';
export { draftTarget, type TargetDraft } from './draft-target.ts';
export type { Refused } from './feeds.ts';
