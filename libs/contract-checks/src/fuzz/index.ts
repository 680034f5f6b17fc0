export type { FuzzOptions, FuzzReport } from './fuzz-child.ts';
export type { FuzzFailure, FuzzFailureKind } from './fuzz-failure.ts';
export { fuzzChild } from './fuzz-child.ts';
export { failureLines } from './failure-lines.ts';
