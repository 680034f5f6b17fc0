import { budgetOf } from '@harmony/orchestration/budget';
import type { Stage, StateMachine } from '@harmony/assembly';
import type { ExitStatus } from '../../command.ts';
import type { BudgetFlags } from './flags.ts';
import type { Io } from '../../io.ts';
import { UsageError } from '../../usage-error.ts';
import { openWorkspace } from '../../workspace/open.ts';
import { stagesOf } from '../../workspace/stage.ts';
import { budgetText } from './budget-text.ts';
import type { OrchestratorBudget } from './orchestrator-budget.ts';

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
