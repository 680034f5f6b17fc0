import type { CallerConfiguration, Contract } from '@harmony/contract';

/** How one target runs its child. Every field but `id` and `configuration` may be left out. */
export interface TargetOptions<K extends Contract = Contract, Id extends string = string> {
  /** Names the target in this orchestration: in `only`, in `disable`, in outcomes. */
  readonly id: Id;
  /** What this target fixes for its child, as written: the child applies its own defaults. */
  readonly configuration: CallerConfiguration<K>;
  /** Seconds to wait before the child starts: an integer from 0 to one year. */
  readonly delay?: number;
  /** Never run, whatever the run's `only` says. */
  readonly disableTarget?: boolean;
  /** Keep the child's output in the orchestrator's own; it counts against its 256 KiB. */
  readonly keepOutput?: boolean;
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
