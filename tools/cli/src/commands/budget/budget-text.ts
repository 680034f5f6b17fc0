import { wrap } from '../../terminal/text.ts';
import type { OrchestratorBudget } from './orchestrator-budget.ts';

/** Columns of the text. */
const WIDTH = 78;

export function budgetText(budgets: readonly OrchestratorBudget[]): string {
  return `${budgets.map(one).join('\n\n')}\n`;
}

function one(budget: OrchestratorBudget): string {
  const { typical, worst, events, largestState, definitionBytes, templateBytes } = budget;
  const { payloadChecks, roleCharacters } = budget;
  const rows = [
    ['', 'typical', 'worst', 'limit'],
    ['history events', figure(typical.events), figure(worst.events), figure(events.limit)],
    ['state transitions', figure(typical.transitions), figure(worst.transitions), ''],
    ['price of a run', dollars(typical.usd), dollars(worst.usd), ''],
    [`bytes in "${largestState.state}"`, '', figure(largestState.used), figure(largestState.limit)],
    ['bytes of the definition', '', figure(definitionBytes.used), figure(definitionBytes.limit)],
    ...(templateBytes === undefined
      ? []
      : [['bytes of the template', '', figure(templateBytes.used), figure(templateBytes.limit)]]),
    ['characters of payload checks', '', figure(payloadChecks.used), figure(payloadChecks.limit)],
    ['characters of its policies', '', figure(roleCharacters.used), figure(roleCharacters.limit)],
  ];
  const count = `${budget.targets} target${budget.targets === 1 ? '' : 's'}`;
  return [
    `${budget.stage} › ${budget.orchestrator}: ${count}`,
    ...rows.map(([name = '', ...cells]) =>
      `  ${name.padEnd(28)}${cells.map((cell) => cell.padStart(14)).join('')}`.trimEnd(),
    ),
    ...budget.findings.flatMap(({ severity, message }) => note(severity, message)),
    ...(budget.assumed.length === 0
      ? []
      : note('assumed', `no bound in the schema of ${budget.assumed.join(', ')}`)),
  ].join('\n');
}

function note(label: string, message: string): string[] {
  return wrap(`${label}: ${message}`, WIDTH - 2).map((line) => `  ${line}`);
}

function figure(number: number): string {
  return Math.ceil(number).toLocaleString('en-US');
}

function dollars(usd: number): string {
  return `$${usd.toFixed(5)}`;
}
