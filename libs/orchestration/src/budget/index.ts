export type { Budget, BudgetFinding, BudgetInput, Share } from './budget.ts';
export { budgetOf } from './budget.ts';
export type { Cost, TargetRun } from './run-cost.ts';
export { runCost } from './run-cost.ts';
