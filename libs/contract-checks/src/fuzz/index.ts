export type { FuzzFailure, FuzzFailureKind, FuzzOptions, FuzzReport } from './fuzz-child.ts';
export { fuzzChild } from './fuzz-child.ts';
export { failureLines } from './failure-lines.ts';
