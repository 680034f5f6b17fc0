import { lossesOf, type LongestWait, type StackToRemove } from '@harmony/deploy';
import { count, duration } from '../../terminal/text.ts';

/** What the deletion of a stack means, for whoever has to say yes. */
export function removalText(
  { stackName, template, machines }: StackToRemove,
  usedBy: readonly string[],
): string {
  const { lost, kept } = lossesOf(parsed(template));
  const lines = [`Destroying ${stackName} loses:`, ...lost.map((line) => `  ${line}`)];
  if (kept.length > 0) lines.push('It keeps:', ...kept.map((line) => `  ${line}`));
  for (const name of usedBy) {
    lines.push(
      `${name} starts it: that fails from then on. Take it out of the targets and deploy ${name} first.`,
    );
  }
  for (const { executions, wait } of machines) {
    if (executions.length === 0) continue;
    lines.push(
      `${runningText(executions.length)} ${executions.length === 1 ? 'is' : 'are'} in flight${waitText(wait)}. Step Functions deletes a state machine only when they have ended, which CloudFormation may not wait for: stop them first with --stop-executions.`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** `1 execution`, `2 executions`. */
export function runningText(executions: number): string {
  return count(executions, 'execution');
}

function waitText(wait: LongestWait | undefined): string {
  if (wait === undefined) return '';
  const length =
    wait.seconds === undefined
      ? 'for as long as a run says'
      : `for ${duration(wait.seconds * 1000)}`;
  return ` (${wait.state} waits ${length})`;
}

function parsed(template: string): unknown {
  try {
    return JSON.parse(template);
  } catch {
    return {};
  }
}
