import type { DeployPlan, Difference, PlannedStack, Reason, StagePlan } from '@harmony/deploy';
import { count, printable } from '../terminal/text.ts';

/** Lines shown of what differs in one stack, and of why; a change of a library would fill the screen. */
const SHOWN = 3;

/** A plan for people. */
export function planText(plan: DeployPlan): string {
  const lines = plan.stages.flatMap((stage) => [...stageLines(stage, plan.against), '']);
  if (plan.contracts.length > 0) {
    lines.push(`Contracts changed: ${plan.contracts.map(({ name }) => name).join(', ')}`);
  }
  for (const { stage, name } of plan.removed) {
    lines.push(
      `Gone: ${stage}/${name}. Its stack stays until you destroy it:  npx harmony destroy ${name} --stage ${stage}`,
    );
  }
  return `${lines.map(printable).join('\n').trimEnd()}\n`;
}

function stageLines(
  { stage, waves, unaffected }: StagePlan,
  against: string | undefined,
): string[] {
  const planned = waves.flat().length;
  const all = count(planned + unaffected.length, 'stack');
  const lines = [
    against === undefined
      ? `${stage}: all of ${all}`
      : `${stage}: ${planned === 0 ? 'none' : planned} of ${all} ${planned > 1 ? 'differ' : 'differs'} from ${against}`,
  ];
  waves.forEach((wave, index) => {
    lines.push(`  wave ${index + 1}`, ...wave.flatMap(stackLines));
  });
  return lines;
}

function stackLines({ selector, differs, because }: PlannedStack): string[] {
  return [
    `    ${selector}`,
    ...shown(differs.map(differenceText)),
    ...shown(because.map(reasonText)),
  ].map((line, index) => (index === 0 ? line : `      ${line}`));
}

function shown(lines: readonly string[]): string[] {
  const more = lines.length - SHOWN;
  return [...lines.slice(0, SHOWN), ...(more > 0 ? [`and ${more} more`] : [])];
}

/** `changed: AWS::Lambda::Function CheckInput`. */
export function differenceText({ change, what }: Difference): string {
  return `${change}: ${what}`;
}

/** `libs/contract/src/name.ts → contract → billing-alerts`. */
export function reasonText({ file, path }: Reason): string {
  return [file, ...path].join(' → ');
}
