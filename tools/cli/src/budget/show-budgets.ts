import { budgetOf } from '@harmony/orchestration/budget';
import type { Budget } from '@harmony/orchestration/budget';
import type { Assembly, Stage, StateMachine } from '@harmony/assembly';
import type { ExitStatus } from '../command.ts';
import type { BudgetFlags } from '../commands/budget.ts';
import type { Io } from '../io.ts';
import { UsageError } from '../usage-error.ts';
import { openWorkspace } from '../workspace.ts';
import { budgetText } from './budget-text.ts';

/** One orchestrator of one stage. */
export interface OrchestratorBudget extends Budget {
  readonly stage: string;
  readonly orchestrator: string;
}

/**
 * Prints the budget of every orchestrator, or of the one named.
 * @returns 1 when one is over a limit
 * @throws UsageError for a name or a stage that is not in the assembly
 */
export async function showBudgets(
  name: string | undefined,
  flags: BudgetFlags,
  io: Io,
): Promise<ExitStatus> {
  const { assembly } = await openWorkspace(flags.assembly, io);
  const budgets = stagesOf(assembly, flags.stage).flatMap(budgetsOf);
  const chosen = budgets.filter(({ orchestrator }) => name === undefined || orchestrator === name);
  if (chosen.length === 0 && name !== undefined) {
    const known = [...new Set(budgets.map(({ orchestrator }) => orchestrator))].join(', ');
    throw new UsageError(
      `there is no orchestrator ${JSON.stringify(name)}. Known: ${known || 'none'}.`,
    );
  }
  const over = chosen.some(({ findings }) => findings.some(({ severity }) => severity === 'ERROR'));
  if (flags.json === true) {
    io.stdout.write(`${JSON.stringify({ within: !over, budgets: chosen }, null, 2)}\n`);
  } else {
    io.stdout.write(chosen.length === 0 ? 'There is no orchestrator.\n' : budgetText(chosen));
  }
  return over ? 1 : 0;
}

function stagesOf({ stages }: Assembly, name: string | undefined): readonly Stage[] {
  if (name === undefined) return stages;
  const found = stages.filter((stage) => stage.name === name);
  if (found.length > 0) return found;
  const known = stages.map((stage) => stage.name).join(', ') || 'none';
  throw new UsageError(`the assembly has no stage ${JSON.stringify(name)}. Stages: ${known}.`);
}

function budgetsOf(stage: Stage): OrchestratorBudget[] {
  const outputs = new Map(stage.stateMachines.map((machine) => outputOf(machine)));
  return stage.stateMachines.flatMap(({ orchestration, definition, templateBytes }) => {
    if (orchestration === undefined) return [];
    const budget = budgetOf({
      definition,
      payload: orchestration.payload,
      outputOf: (child) => outputs.get(child),
      ...(templateBytes === undefined ? {} : { templateBytes }),
    });
    return [{ stage: stage.name, orchestrator: orchestration.name, ...budget }];
  });
}

function outputOf({ name, contract, orchestration }: StateMachine) {
  const output = contract?.output ?? orchestration?.output;
  return [contract?.name ?? orchestration?.name ?? name, output] as const;
}
