import type { Contract } from '@harmony/contract';
import type { Json, JsonSchema } from '@harmony/schema';
import type { z } from 'zod';
import type { FoundReference } from './reference.ts';
import type { Retrier } from './retry.ts';
import type { DelayUntil } from './target.ts';

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

/** A target as an orchestration holds it: checked, as plain JSON, and put in order. */
export interface PlannedTarget {
  readonly id: string;
  readonly child: string;
  readonly contract: Contract;
  /** `null` where a reference puts its value in. */
  readonly configuration: Json;
  readonly references: readonly FoundReference[];
  readonly delay?: number | DelayUntil;
  readonly disableTarget?: boolean;
  readonly keepOutput?: boolean;
  readonly when?: string;
  readonly timeout?: number;
  readonly retriers: readonly Retrier[];
  /** Those it names and those it takes values from, each once. */
  readonly dependsOn: readonly string[];
  /** 1 for targets that wait for none; else one more than the last of those it waits for. */
  readonly wave: number;
}

/** The typed, plain-data definition of an orchestrator. Made by `defineOrchestration` alone. */
export interface Orchestration<P extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly payload: P;
  readonly targets: readonly PlannedTarget[];
  /** Targets in flight at once; 0: as many as Step Functions allows (about 40). */
  readonly maxConcurrency: number;
  readonly onTargetFailure: OnTargetFailure;
  /** Seconds that one run may take, all delays included. */
  readonly timeout: number;
  readonly document: OrchestrationDocument;
}

/** What an orchestration says of itself in the artifact. */
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
