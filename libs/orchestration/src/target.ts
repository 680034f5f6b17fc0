import type { CallerConfiguration, Contract } from '@harmony/contract';
import type { Referring } from './reference.ts';
import type { RetryPolicy } from './retry.ts';

/** A moment taken from the payload: the path of a required ISO 8601 timestamp, `schedule.from`. */
export interface DelayUntil {
  readonly until: string;
}

/** How one target runs its child. Every field but `id` and `configuration` may be left out. */
export interface TargetOptions<K extends Contract = Contract, Id extends string = string> {
  /** Names the target in this orchestration: in `only`, in `disable`, in outcomes. */
  readonly id: Id;
  /**
   * What this target fixes for its child, as written: the child applies its own defaults. Fields
   * may come from an earlier target, by `outputOf`; texts from the stage, by `stageRef`,
   * `stageText` and a shared resource's `name` and `arn`.
   */
  readonly configuration: Referring<CallerConfiguration<K>>;
  /**
   * Seconds to wait before the child starts, an integer from 0 to one year; or until a moment that
   * the payload names, which in the past means now.
   */
  readonly delay?: number | DelayUntil;
  /** Never run, whatever the run's `only` says. */
  readonly disableTarget?: boolean;
  /** Keep the child's output in the orchestrator's own; it counts against its 256 KiB. */
  readonly keepOutput?: boolean;
  /**
   * Run it only where this JSONata expression over the payload is true (as `$boolean` sees it):
   * `account.name = 'Shop'`. A field that the payload does not hold makes no condition true.
   */
  readonly when?: string;
  /** When the child is started again. Default: when Step Functions throttled or failed to start it. */
  readonly retry?: RetryPolicy;
  /** Seconds that one attempt may take; not less than the child's own timeout. */
  readonly timeout?: number;
  /** Ids of targets that must have succeeded first. */
  readonly dependsOn?: readonly string[];
}

/** One entry of an orchestration: a child and how to run it. */
export interface Target<
  K extends Contract = Contract,
  Id extends string = string,
> extends TargetOptions<K, Id> {
  readonly contract: K;
  /** The child's name: its contract's. */
  readonly child: K['name'];
}

/**
 * Makes a target of a child. A configuration of the wrong shape does not compile; values are
 * checked by `defineOrchestration`, which knows the path to name.
 */
export function target<K extends Contract, const Id extends string>(
  contract: K,
  options: TargetOptions<NoInfer<K>, Id>,
): Target<K, Id> {
  return { ...options, contract, child: contract.name };
}
