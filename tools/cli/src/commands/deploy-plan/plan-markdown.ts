import type { DeployPlan, PlannedStack, StagePlan } from '@harmony/deploy';
import { count } from '../../terminal/text.ts';
import { differenceText, reasonText } from '../../plan/plan-text.ts';

/** A plan for a pull request comment or a CI's step summary, in GitHub's and GitLab's Markdown. */
export function planMarkdown(plan: DeployPlan): string {
  const since = plan.against === undefined ? 'everything' : `against ${escape(plan.against)}`;
  return [
    // A bot that updates its comment finds it by this.
    '<!-- harmony deploy-plan -->',
    `### Deploy plan (${since})`,
    '',
    ...plan.stages.flatMap(stageLines),
    ...(plan.contracts.length === 0
      ? []
      : [`Contracts changed: ${plan.contracts.map(({ name }) => code(name)).join(', ')}`, '']),
    ...plan.removed.flatMap(({ stage, name }) => [
      `**Gone:** ${code(`${stage}/${name}`)}. Its stack stays until someone destroys it.`,
      '',
    ]),
  ].join('\n');
}

function stageLines({ stage, waves, unaffected }: StagePlan): string[] {
  if (waves.length === 0) return [`**${escape(stage)}**: no stack differs.`, ''];
  const rows = waves.flatMap((wave, index) =>
    wave.map((stack) => `| ${index + 1} | ${code(stack.selector)} | ${why(stack)} |`),
  );
  const rest = unaffected.length === 0 ? '' : ` ${count(unaffected.length, 'stack')} unchanged.`;
  return [
    `**${escape(stage)}**: ${count(rows.length, 'stack')} to deploy.${rest}`,
    '',
    '| wave | stack | why |',
    '| ---: | --- | --- |',
    ...rows,
    '',
  ];
}

function why({ differs, because }: PlannedStack): string {
  const parts = [
    some(differs.map(differenceText), 'more'),
    some(because.map(reasonText), 'more file'),
  ];
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 ? 'all are deployed' : known.join('<br>');
}

function some([first, ...others]: readonly string[], noun: string): string | undefined {
  if (first === undefined) return undefined;
  const more = noun === 'more' ? `${others.length} more` : count(others.length, noun);
  return `${code(first)}${others.length === 0 ? '' : ` and ${more}`}`;
}

/** Inline code in a table cell: a file may be named anything. */
function code(text: string): string {
  const content = text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  return content.includes('`') ? `\`\` ${content} \`\`` : `\`${content}\``;
}

function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#]/g, '\\$&');
}
