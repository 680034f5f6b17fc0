import type { CliCommand } from '../../command.ts';
import { anyStageOption, assemblyOption, jsonOption } from '../../options/common.ts';
import type { BudgetFlags } from './flags.ts';

/** `harmony budget [NAME]` */
export const budget: CliCommand = {
  register(program, { io, run }) {
    program
      .command('budget')
      .description(
        "Show how much of Step Functions' limits each orchestrator uses, and what a run of it costs.",
      )
      .argument('[name]', 'orchestrator, e.g. account-review (default: all)')
      .addOption(anyStageOption())
      .addOption(assemblyOption('read'))
      .addOption(jsonOption('the budgets'))
      .action((name: string | undefined, flags: BudgetFlags) =>
        run(async () => {
          const { showBudgets } = await import('./show-budgets.ts');
          return showBudgets(name, flags, io);
        }),
      );
  },
};
