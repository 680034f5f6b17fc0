import type { OnTargetFailure, OrchestrationDocument, Retrier } from '@harmony/artifact';
import type { Contract } from '@harmony/contract';
import type { Json } from '@harmony/schema';
import type { z } from 'zod';
import type { FoundReference } from './reference.ts';
import type { FoundStageText } from './stage/stage-values.ts';
import type { DelayUntil } from './target.ts';

/** A target as an orchestration holds it: checked, as plain JSON, and put in order. */
export interface PlannedTarget {
  readonly id: string;
  readonly child: string;
  readonly contract: Contract;
  /**
   * `null` where a reference puts its value in; where the stage does, the value of an environment
   * that the child's contract accepts.
   */
  readonly configuration: Json;
  readonly stageTexts: readonly FoundStageText[];
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
