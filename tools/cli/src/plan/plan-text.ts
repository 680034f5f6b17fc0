import type { DeployPlan, PlannedStack, Reason, StagePlan } from '@harmony/deploy';
import { count, printable } from '../terminal/text.ts';

/** Reasons shown for one stack; a change of a library would fill the screen. */
const SHOWN = 3;

/** A plan for people. */
export function planText(plan: DeployPlan): string {
  const lines = plan.stages.flatMap((stage) => [...stageLines(stage, plan.base), '']);
  if (plan.contracts.length > 0) {
    lines.push(`Contracts changed: ${plan.contracts.map(({ name }) => name).join(', ')}`);
  }
  for (const { name, file } of plan.removed) {
    lines.push(
      `Gone: ${name} (${file} was removed). Its stacks stay until you delete them:  aws cloudformation delete-stack --stack-name STAGE-${name}`,
    );
  }
  return `${lines.map(printable).join('\n').trimEnd()}\n`;
}

function stageLines({ stage, waves, unaffected }: StagePlan, base: string | undefined): string[] {
  const affected = waves.flat().length;
  const all = count(affected + unaffected.length, 'stack');
  const lines = [
    base === undefined
      ? `${stage}: all of ${all}`
      : `${stage}: ${affected === 0 ? 'none' : affected} of ${all} affected since ${base.slice(0, 12)}`,
  ];
  waves.forEach((wave, index) => {
    lines.push(`  wave ${index + 1}`, ...wave.flatMap(stackLines));
  });
  return lines;
}

function stackLines({ selector, because }: PlannedStack): string[] {
  const shown = because.slice(0, SHOWN).map((reason) => `      ${reasonText(reason)}`);
  const more = because.length - shown.length;
  return [`    ${selector}`, ...shown, ...(more > 0 ? [`      and ${more} more`] : [])];
}

/** `libs/contract/src/name.ts → contract → billing-alerts`. */
export function reasonText({ file, path }: Reason): string {
  return [file, ...path].join(' → ');
}
