import type { DeployPlan, PlannedStack, StagePlan } from '@harmony/deploy';
import { count } from '../../terminal/text.ts';
import { reasonText } from '../../plan/plan-text.ts';

/** A plan for a pull request comment or a CI's step summary, in GitHub's and GitLab's Markdown. */
export function planMarkdown(plan: DeployPlan): string {
  const since = plan.base === undefined ? 'everything' : `since ${code(plan.base.slice(0, 12))}`;
  return [
    // A bot that updates its comment finds it by this.
    '<!-- harmony deploy-plan -->',
    `### Deploy plan (${since})`,
    '',
    ...plan.stages.flatMap(stageLines),
    ...(plan.contracts.length === 0
      ? []
      : [`Contracts changed: ${plan.contracts.map(({ name }) => code(name)).join(', ')}`, '']),
    ...plan.removed.flatMap(({ name, file }) => [
      `**Gone:** ${code(name)} (${code(file)} was removed). Its stacks stay until someone deletes them.`,
      '',
    ]),
  ].join('\n');
}

function stageLines({ stage, waves, unaffected }: StagePlan): string[] {
  if (waves.length === 0) return [`**${escape(stage)}**: no stack is affected.`, ''];
  const rows = waves.flatMap((wave, index) =>
    wave.map((stack) => `| ${index + 1} | ${code(stack.selector)} | ${why(stack)} |`),
  );
  const rest = unaffected.length === 0 ? '' : ` ${count(unaffected.length, 'stack')} unaffected.`;
  return [
    `**${escape(stage)}**: ${count(rows.length, 'stack')} to deploy.${rest}`,
    '',
    '| wave | stack | why |',
    '| ---: | --- | --- |',
    ...rows,
    '',
  ];
}

function why({ because }: PlannedStack): string {
  const [first, ...others] = because;
  if (first === undefined) return 'all are deployed';
  const more = others.length === 0 ? '' : ` and ${count(others.length, 'more file')}`;
  return `${code(reasonText(first))}${more}`;
}

/** Inline code in a table cell: a file may be named anything. */
function code(text: string): string {
  const content = text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  return content.includes('`') ? `\`\` ${content} \`\`` : `\`${content}\``;
}

function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#]/g, '\\$&');
}
