import type { PlannedStack, StagePlan } from './plan.ts';

/** What became of one stack. */
export type StackOutcome =
  | { readonly stack: PlannedStack; readonly status: 'deployed' }
  | { readonly stack: PlannedStack; readonly status: 'failed'; readonly reason: string }
  /** Not tried, since these, which it uses directly or through others, were not deployed. */
  | { readonly stack: PlannedStack; readonly status: 'blocked'; readonly by: readonly string[] }
  /** Not tried, since the deployment was interrupted. */
  | { readonly stack: PlannedStack; readonly status: 'not started' };

export type DeployEvent =
  | { readonly type: 'STACK_STARTED'; readonly stack: PlannedStack; readonly wave: number }
  | { readonly type: 'STACK_OUTPUT'; readonly stack: PlannedStack; readonly line: string }
  | { readonly type: 'STACK_ENDED'; readonly outcome: StackOutcome };

/** Deploys one stack; a rejection is that stack's failure, its message the reason. */
export type DeployStack = (
  stack: PlannedStack,
  onOutput: (line: string) => void,
  signal: AbortSignal,
) => Promise<void>;

export interface ExecuteOptions {
  readonly plan: StagePlan;
  readonly deploy: DeployStack;
  /** How many stacks at once, at least 1. */
  readonly concurrency: number;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: DeployEvent) => void;
}

/**
 * Deploys wave after wave: one starts when every stack of the wave before has ended. A stack that
 * fails stops those that use it, at any depth, and nothing else. Never rejects for a stack's failure.
 *
 * @returns an outcome per planned stack, in the plan's order
 */
export async function executePlan(options: ExecuteOptions): Promise<readonly StackOutcome[]> {
  const { plan, deploy, concurrency } = options;
  const signal = options.signal ?? new AbortController().signal;
  const emit = options.onEvent ?? (() => {});
  const outcomes = new Map<string, StackOutcome>();

  const one = async (stack: PlannedStack, wave: number): Promise<StackOutcome> => {
    const by = stack.after.filter((used) => {
      const status = outcomes.get(used)?.status;
      return status !== undefined && status !== 'deployed';
    });
    if (signal.aborted) return { stack, status: 'not started' };
    if (by.length > 0) return { stack, status: 'blocked', by };
    emit({ type: 'STACK_STARTED', stack, wave });
    try {
      await deploy(stack, (line) => emit({ type: 'STACK_OUTPUT', stack, line }), signal);
      return { stack, status: 'deployed' };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { stack, status: 'failed', reason };
    }
  };

  for (const [index, wave] of plan.waves.entries()) {
    const queue = [...wave];
    const lane = async (): Promise<void> => {
      for (let stack = queue.shift(); stack !== undefined; stack = queue.shift()) {
        const outcome = await one(stack, index);
        outcomes.set(stack.name, outcome);
        emit({ type: 'STACK_ENDED', outcome });
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, concurrency) }, lane));
  }
  return plan.waves.flat().flatMap(({ name }) => outcomes.get(name) ?? []);
}
