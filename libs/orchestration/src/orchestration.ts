import type { JsonSchema } from '@harmony/contract';
import type { z } from 'zod';
import type { Target } from './target.ts';

/**
 * What a failed target does to the run: `abort` stops the others, `failAtEnd` lets all run and
 * then fails, `continue` succeeds and tells it in the outcomes.
 */
export type OnTargetFailure = 'abort' | 'failAtEnd' | 'continue';

/** The run-time switches, in an execution's input and as a stage's defaults. */
export interface Debug {
  /** Start delayed targets at once. */
  readonly skipDelays?: boolean;
  /** Run these targets alone. Does not enable a disabled one. `null`: all (undoes a default). */
  readonly only?: readonly string[] | null;
  /** Leave these targets out. */
  readonly disable?: readonly string[];
}

/** The typed, plain-data definition of an orchestrator. Made by `defineOrchestration` alone. */
export interface Orchestration<P extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly payload: P;
  readonly targets: readonly Target[];
  /** Targets in flight at once; 0: as many as Step Functions allows (about 40). */
  readonly maxConcurrency: number;
  readonly onTargetFailure: OnTargetFailure;
  readonly document: OrchestrationDocument;
}

/** What an orchestration says of itself in the artifact. */
export interface OrchestrationDocument {
  readonly name: string;
  /** JSON Schema 2020-12 of the payload as a trigger sends it (input side). */
  readonly payload: JsonSchema;
  readonly maxConcurrency: number;
  readonly onTargetFailure: OnTargetFailure;
  /** SHA-256 over name, payload schema, policies and targets. */
  readonly hash: string;
}
