import type { JsonSchema } from '@harmony/schema';

/**
 * What a failed target does to the run: `abort` stops the others, `failAtEnd` lets all run and
 * then fails, `continue` succeeds and tells it in the outcomes.
 */
export const ON_TARGET_FAILURE = ['abort', 'failAtEnd', 'continue'] as const;

export type OnTargetFailure = (typeof ON_TARGET_FAILURE)[number];

/** What an orchestration says of itself in the artifact: the metadata `harmony:orchestration`. */
export interface OrchestrationDocument {
  readonly name: string;
  /** JSON Schema 2020-12 of the payload as a trigger sends it (input side). */
  readonly payload: JsonSchema;
  /** What it takes as a target of another orchestration: `{ debug? }`. */
  readonly configuration: JsonSchema;
  /** JSON Schema of its output: outcomes and counts. */
  readonly output: JsonSchema;
  readonly maxConcurrency: number;
  readonly onTargetFailure: OnTargetFailure;
  /** Seconds. */
  readonly timeout: number;
  /** SHA-256 over name, payload schema, policies and targets. */
  readonly hash: string;
}
