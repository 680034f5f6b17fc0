import type { CliCommand } from '../command.ts';

export interface BudgetFlags {
  readonly stage?: string;
  readonly assembly?: string;
  readonly json?: boolean;
}

/** `harmony budget [NAME]` */
export const budget: CliCommand = {
  register(program, { io, run }) {
    program
      .command('budget')
      .description(
        "Show what each orchestrator takes of Step Functions' limits, and what a run of it costs.",
      )
      .argument('[name]', 'orchestrator, e.g. account-review (default: all)')
      .option('-s, --stage <stage>', 'this stage only (default: every stage of the assembly)')
      .option('--assembly <dir>', 'assembly to read (default: infra/cdk.out of the workspace)')
      .option('--json', 'print the budgets as one JSON document and nothing else')
      .action((name: string | undefined, flags: BudgetFlags) =>
        run(async () => {
          const { showBudgets } = await import('../budget/show-budgets.ts');
          return showBudgets(name, flags, io);
        }),
      );
  },
};
