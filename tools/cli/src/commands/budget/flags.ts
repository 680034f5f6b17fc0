export interface BudgetFlags {
  readonly stage?: string;
  readonly assembly?: string;
  readonly json?: boolean;
}
